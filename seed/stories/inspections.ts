import type { DomainEvent } from '#server/contract/events.ts'
import { DAY, dayOf, HOUR, startOf } from '../calendar.ts'
import type { Delivery } from '../life/steps.ts'
import type { Company } from '../registry/companies.ts'
import { castCompany } from './cast.ts'
import type { Story, Town } from './story.ts'

const source = 'inspection'
const TIMES = 1.5
const ODDS = 1.6
const ROUTINE = 4

/** One inspection after which a slow company does as others do, one after which nothing changes, and some that find nothing. */
export function inspections({ firstDay, lastDay }: Town): Story {
  const dayAt = (share: number) => Math.round(firstDay + share * (lastDay - firstDay))
  const turn = startOf(dayAt(0.55))
  const notices: Delivery[] = []
  const planted: object[] = []

  function inspect(
    company: Company,
    due: number,
    found: 'prescription' | 'none',
    remedied: boolean,
  ) {
    const inspection = `inspection-${company.id}`
    const at = (days: number, hour: number) => startOf(dayOf(due) + days) + hour * HOUR
    const envelope = (step: string, occurredAt: number) => ({
      id: `${source}:${inspection}:${step}`,
      occurredAt,
      source,
      actor: { party: 'inspector' as const },
      inspection,
    })
    const events: DomainEvent[] = [
      {
        type: 'inspection.ordered',
        ...envelope('ordered', at(-24, 11)),
        organization: company.id,
        ground: found === 'none' ? 'Плановая проверка' : 'Рост обращений жителей',
      },
      found === 'none'
        ? { type: 'inspection.done', ...envelope('done', at(-14, 16)), finding: 'no_violation' }
        : {
            type: 'inspection.done',
            ...envelope('done', at(-14, 16)),
            finding: 'prescription',
            dueAt: due,
          },
      ...(found === 'none'
        ? []
        : [
            { type: 'inspection.released' as const, ...envelope('released', at(12, 15)), remedied },
          ]),
    ]
    for (const event of events) notices.push({ at: event.occurredAt, event })
  }

  return {
    name: 'inspections',
    characters(companies, random) {
      const helped = castCompany(companies, { part: 'inspectionHelped', from: 20, to: 70 }, random)
      if (helped) {
        helped.turns = { at: turn, character: helped.character }
        helped.character = { ...helped.character, times: TIMES, reopenOdds: ODDS }
        inspect(helped, turn, 'prescription', true)
        planted.push({ organization: helped.id, helped: true, from: turn, times: TIMES })
      }
      const unhelped = companies.find(
        ({ part, character }) =>
          part === 'bad' && character.times > 1.3 && character.reopenOdds < 1.3,
      )
      if (unhelped) {
        inspect(unhelped, startOf(dayAt(0.5)), 'prescription', false)
        planted.push({ organization: unhelped.id, helped: false, from: startOf(dayAt(0.5)) })
      }
      const routine = random
        .shuffled(companies.filter(({ part }) => part === null))
        .slice(0, ROUTINE)
      routine.forEach((company, i) => {
        inspect(company, startOf(dayAt(0.3) + i * 9) + 10 * DAY, 'none', true)
        planted.push({ organization: company.id, helped: null })
      })
    },
    notices: (day) => notices.filter(({ at }) => dayOf(at) === day),
    truth: () => planted,
  }
}
