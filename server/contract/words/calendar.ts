import type { Language } from '#server/contract/vocabulary.ts'

/** Own tables: browsers claim Kazakh locale data and have none. */
interface CalendarWords {
  /** As they stand after a day number. */
  months: readonly string[]
  /** As they stand alone: `ноябрь 2026`. */
  monthsAlone: readonly string[]
  monthsShort: readonly string[]
  /** Monday first. */
  weekdays: readonly string[]
  /** After "usual": «для субботы»; 7 a holiday, 8 a free day that works. */
  weekdaysFor: readonly string[]
  /** Many of them: «26 суббот»; 7 and 8 are what these are compared with. */
  weekdaysMany: readonly string[]
  weekdaysShort: readonly string[]
  today: string
  yesterday: string
  tomorrow: string
  second: string
  minute: string
  hour: string
  day: string
  month: string
  year: (count: number) => string
  thousand: string
}

const russianYears = (count: number) => {
  const [last, two] = [count % 10, count % 100]
  if (two >= 11 && two <= 14) return 'лет'
  if (last === 1) return 'год'
  return last >= 2 && last <= 4 ? 'года' : 'лет'
}

// Their months and days are the same alone and in a date.
const KAZAKH_MONTHS = words(
  'қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан',
)
const KAZAKH_WEEKDAYS = words('дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі')
const ENGLISH_MONTHS = words(
  'January February March April May June July August September October November December',
)
const ENGLISH_WEEKDAYS = words('Monday Tuesday Wednesday Thursday Friday Saturday Sunday')

export const CALENDAR_WORDS: Readonly<Record<Language, CalendarWords>> = {
  ru: {
    months: words(
      'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
    ),
    monthsAlone: words(
      'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь',
    ),
    monthsShort: words('янв фев мар апр мая июн июл авг сен окт ноя дек'),
    weekdays: words('понедельник вторник среда четверг пятница суббота воскресенье'),
    weekdaysFor: [
      ...words('понедельника вторника среды четверга пятницы субботы воскресенья праздника'),
      'рабочего дня',
    ],
    weekdaysMany: [
      ...words('понедельников вторников сред четвергов пятниц суббот воскресений'),
      'праздников и воскресений',
      'рабочих дней',
    ],
    weekdaysShort: words('пн вт ср чт пт сб вс'),
    today: 'сегодня',
    yesterday: 'вчера',
    tomorrow: 'завтра',
    second: 'с',
    minute: 'мин',
    hour: 'ч',
    day: 'д',
    month: 'мес',
    year: russianYears,
    thousand: 'тыс.',
  },
  kk: {
    months: KAZAKH_MONTHS,
    monthsAlone: KAZAKH_MONTHS,
    monthsShort: words('қаң ақп нау сәу мам мау шіл там қыр қаз қар жел'),
    weekdays: KAZAKH_WEEKDAYS,
    weekdaysFor: [...KAZAKH_WEEKDAYS, 'мереке', 'жұмыс күні'],
    weekdaysMany: [...KAZAKH_WEEKDAYS, 'мереке мен жексенбі', 'жұмыс күні'],
    weekdaysShort: words('дс сс ср бс жм сб жс'),
    today: 'бүгін',
    yesterday: 'кеше',
    tomorrow: 'ертең',
    second: 'с',
    minute: 'мин',
    hour: 'сағ',
    day: 'күн',
    month: 'ай',
    year: () => 'жыл',
    thousand: 'мың',
  },
  en: {
    months: ENGLISH_MONTHS,
    monthsAlone: ENGLISH_MONTHS,
    monthsShort: words('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'),
    weekdays: ENGLISH_WEEKDAYS,
    weekdaysFor: [...ENGLISH_WEEKDAYS, 'holiday', 'working day'],
    weekdaysMany: [
      ...words('Mondays Tuesdays Wednesdays Thursdays Fridays Saturdays Sundays'),
      'holidays and Sundays',
      'working days',
    ],
    weekdaysShort: words('Mon Tue Wed Thu Fri Sat Sun'),
    today: 'today',
    yesterday: 'yesterday',
    tomorrow: 'tomorrow',
    second: 's',
    minute: 'min',
    hour: 'h',
    day: 'd',
    month: 'mo',
    year: (count) => (count === 1 ? 'year' : 'years'),
    thousand: 'k',
  },
}

function words(line: string): readonly string[] {
  return line.split(' ')
}
