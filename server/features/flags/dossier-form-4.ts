import type { Language } from '#server/contract/vocabulary.ts'
import type { DossierFacts } from './dossier-facts.ts'
import type { DossierWords } from './dossier-words.ts'

interface OldWords {
  happened: string
  observed: string
  expected: string
  others: string
}

const OLD: Record<Language, OldWords> = {
  ru: {
    happened:
      'За период с {from} по {to}, {name}: зарегистрировано заявок: {*n}; окончательно закрыто к дате среза {*observed}.',
    observed: 'Закрыто окончательно, O',
    expected:
      'Ожидаемое — сумма по стратам: заявок организации в страте × доля по городу в той же страте.',
    others: 'Оценены, но не учтены как событие: {n}.',
  },
  kk: {
    happened:
      '{from} – {to} кезеңінде, {name}: тіркелген өтінім {*n}; есеп күніне біржола жабылғаны {*observed}.',
    observed: 'Біржола жабылғаны, O',
    expected:
      'Күтілген сан — страталар бойынша қосынды: ұйымның стратадағы өтінімдері × сол стратадағы қала үлесі.',
    others: 'Бағаланған, бірақ оқиға болып саналмаған: {n}.',
  },
  en: {
    happened:
      'From {from} to {to}, {name}: requests registered {*n}; closed for good by the cut {*observed}.',
    observed: 'Closed for good, O',
    expected:
      'Expected is a sum over strata: the organization’s requests in a stratum × the city’s share in the same stratum.',
    others: 'Judged, but not counted as an event: {n}.',
  },
}

/** The words of the fourth form, which told pace as if the horizon were the cut. What was frozen with them is proven with them. */
export function fourthWords(words: DossierWords, language: Language): DossierWords {
  const { happened, observed, expected, others } = OLD[language]
  const alike = (text: string) => ({ reopened: text, late: text, pace: text })
  return {
    ...words,
    summary: { ...words.summary, happened: { ...words.summary.happened, pace: happened } },
    figures: {
      ...words.figures,
      observed: { ...words.figures.observed, pace: observed },
      closed: '',
    },
    method: { ...words.method, expected: alike(expected) },
    requests: { ...words.requests, others: alike(others) },
  }
}

/** Its lists: what closed after the horizon stood among the other judged ones, in the order of the engine. */
export const fourthFacts = ({ requests, ...facts }: DossierFacts): DossierFacts => ({
  ...facts,
  requests: {
    events: requests.events,
    beyond: [],
    others: [...requests.others, ...requests.beyond].sort((a, b) =>
      Buffer.compare(Buffer.from(a), Buffer.from(b)),
    ),
  },
})
