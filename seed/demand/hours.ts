import type { Channel } from '#server/contract/vocabulary.ts'
import { isHoliday, weekdayOf } from '../calendar.ts'
import { createChooser, type Random } from '../random.ts'
import type { Trouble } from './categories.ts'

const ORDINARY = [
  0.8, 0.55, 0.4, 0.36, 0.42, 0.6, 1.3, 2.8, 5, 6.4, 7.1, 7.2, 6.5, 6, 6, 5.9, 5.7, 5.6, 5.6, 5.2,
  4.4, 3.2, 2.1, 1.3,
]
const EMERGENCY = ORDINARY.map((weight) => weight + 1.6)
const ordinaryHour = createChooser(ORDINARY)
const emergencyHour = createChooser(EMERGENCY)

export const hourFor = ({ priority }: Trouble, random: Random) =>
  priority === 'emergency' ? emergencyHour(random) : ordinaryHour(random)

export const CHANNELS_USED: readonly Channel[] = [
  'phone',
  'app',
  'web',
  'messenger',
  'front_office',
  'social_network',
  'emergency_dispatch',
]
const BY_DAY = createChooser([42, 23, 14, 10, 6, 3, 2])
const OFF_HOURS = createChooser([40, 27, 15, 10, 0, 3, 5])
const NIGHT = createChooser([22, 34, 12, 7, 0, 5, 20])
const EMERGENCIES = createChooser([22, 5, 1, 2, 0, 0, 70])

export function channelFor(trouble: Trouble, day: number, hour: number, random: Random): Channel {
  const free = weekdayOf(day) >= 5 || isHoliday(day)
  const choose =
    trouble.priority === 'emergency'
      ? EMERGENCIES
      : hour < 7 || hour >= 22
        ? NIGHT
        : free || hour < 9 || hour >= 18
          ? OFF_HOURS
          : BY_DAY
  return CHANNELS_USED[choose(random)] as Channel
}
