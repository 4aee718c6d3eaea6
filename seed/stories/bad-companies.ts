import type { Story } from './story.ts'

const ODDS = 1.5
const TIMES = 1.4
const SHARE = 0.05

/** One organization in twenty reopens too much, is too slow, or both; and one does better than all others. */
export function badCompanies(organizations: number): Story {
  const planted: object[] = []
  return {
    name: 'badCompanies',
    characters(companies, random) {
      const named: [string, number, number][] = [
        ['УК Прибрежная', ODDS, TIMES],
        ['КСК Достык', ODDS, 1],
        ['УК Северный ветер', 1, TIMES],
      ]
      const wanted = Math.max(1, Math.round(organizations * SHARE))
      const others = random
        .shuffled(companies.filter(({ houses, district }) => district === null && houses >= 10))
        .slice(0, Math.max(0, wanted - named.length))
        .map(({ name }, i): [string, number, number] => [
          name,
          i % 3 === 1 ? 1 : ODDS,
          i % 3 === 0 ? 1 : TIMES,
        ])
      const bend = (name: string, reopenOdds: number, times: number, kind: 'bad' | 'good') => {
        const company = companies.find((one) => one.name === name)
        if (!company) return
        company.part = kind
        company.character.reopenOdds = reopenOdds
        company.character.times = times
        planted.push({ organization: company.id, name, kind, reopenOdds, times })
      }
      for (const [name, odds, times] of [...named.slice(0, wanted), ...others])
        bend(name, odds, times, 'bad')
      bend('ТСЖ Садовое', 0.5, 0.85, 'good')
    },
    truth: () => planted,
  }
}
