import type { DossierFacts, Happened } from '#server/features/flags/dossier-facts.ts'

const rated = (of: Happened, half = 0.13) => {
  const ratio = of.observed / of.expected
  return { ...of, ratio, lower: ratio - half, upper: ratio + half }
}

/** A flag with everything that a dossier can say; the figures are those of the method's template, not of a city. */
export const FACTS: DossierFacts = {
  flag: 'reopened.pribrezhnaya',
  flagged: 'reopened',
  measure: 'reopened',
  version: 3,
  level: 'inspect',
  path: 'a',
  organization: { id: 'pribrezhnaya', name: 'УК Прибрежная', kind: 'uk' },
  city: { ru: 'Домоград', kk: 'Домоград', en: 'Domograd' },
  zone: 'Asia/Almaty',
  period: { from: '2025-11-01', to: '2026-11-01', cut: Date.parse('2026-11-15T00:00:00+05:00') },
  figures: { ...rated({ n: 4618, observed: 512, expected: 351.4 }), variance: 310.2 },
  share: { share: 512 / 4618, lower: 0.102, upper: 0.12 },
  whole: { n: 99_391, observed: 8069 },
  strata: 108,
  z: 7.76,
  zDispersed: 3.78,
  pChance: 4.2e-15,
  pDispersed: 7.8e-5,
  q: 0.014,
  tested: 180,
  thresholds: { z: 3.09, q: 0.05, excess: 1.1 },
  peers: {
    organizations: 60,
    judged: 57,
    thisFar: 0.005,
    tau2: 0.048 ** 2,
    points: Array.from({ length: 58 }, (_, i) => ({
      expected: 6 * 1.09 ** i,
      ratio: 1 + 0.3 * Math.sin(i * 2.4),
    })),
    names: Array.from({ length: 60 }, (_, i) => ({
      id: `o-${i}`,
      name: `УК ${String(i).padStart(2, '0')}`,
      n: 200 + 37 * i,
    })),
  },
  others: [
    {
      measure: 'late',
      level: 'none',
      zDispersed: 0.4,
      ...rated({ n: 4700, observed: 390, expected: 372.5 }),
    },
  ],
  quarters: [
    {
      from: '2025-11-01',
      to: '2026-02-01',
      ...rated({ n: 1150, observed: 113, expected: 101.7 }, 0.2),
    },
    {
      from: '2026-02-01',
      to: '2026-05-01',
      ...rated({ n: 1140, observed: 115, expected: 88.1 }, 0.2),
    },
    {
      from: '2026-05-01',
      to: '2026-08-01',
      ...rated({ n: 1130, observed: 115, expected: 70.9 }, 0.2),
    },
    {
      from: '2026-08-01',
      to: '2026-11-01',
      ...rated({ n: 1198, observed: 169, expected: 90.7 }, 0.3),
    },
  ],
  variants: [
    { variant: 'accepted', figures: rated({ n: 4618, observed: 512, expected: 351.4 }) },
    { variant: 'logistic', figures: rated({ n: 4618, observed: 512, expected: 355.6 }) },
    {
      variant: 'withoutBuilding',
      building: { ru: 'ул. Набережная, 14', kk: 'Набережная көшесі, 14' },
      figures: rated({ n: 4500, observed: 482, expected: 344.2 }),
    },
    {
      variant: 'withoutWeek',
      week: '2026-03-02',
      figures: rated({ n: 4510, observed: 490, expected: 342.7 }),
    },
    { variant: 'netClock', figures: null },
    { variant: 'duplicatesApart', figures: rated({ n: 5102, observed: 540, expected: 377.6 }) },
  ],
  categories: [
    {
      id: 'leak',
      name: { ru: 'Протечка', kk: 'Су ағу', en: 'Leak' },
      ...rated({ n: 900, observed: 180, expected: 101.2 }),
      ratio: { ratio: 1.78, lower: 1.5, upper: 2.1 },
    },
    { id: null, name: null, n: 12, observed: 3, expected: 1.1, ratio: null },
  ],
  buildings: [
    {
      id: 'b-14',
      name: { ru: 'ул. Набережная, 14' },
      ...{ n: 118, observed: 30, expected: 7.2 },
      ratio: { ratio: 1.4, lower: 1.28, upper: 1.53 },
    },
  ],
  norms: [
    {
      ref: 'ru/eliminated@2013-05-15',
      name: { ru: 'Устранение аварии', en: 'Elimination of an accident' },
      citation: { ru: 'ПП РФ № 416, п. 13' },
      verified: null,
      requests: 412,
    },
  ],
  requests: {
    beyond: [],
    events: Array.from({ length: 512 }, (_, i) => `2026-${String(10_000 + i * 7)}`),
    others: Array.from({ length: 4106 }, (_, i) => `2026-${String(20_000 + i * 3)}`),
  },
  horizon: null,
  expectation: { maxStratumShare: 0.2, minStratum: 30, borrowed: 20, horizon: 0.99 },
  policy: { version: 4, validFrom: '2026-10-01', hash: '7c1e'.repeat(16) },
  data: { seq: 412_118, hash: '90ab'.repeat(16) },
  warned: null,
  afterwards: false,
  proposedOn: '2026-11-16',
  replyUntil: '2026-11-30',
  nextOn: '2026-12-15',
}
