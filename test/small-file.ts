/** A mapping and three rows that many tests of the import share; the column names are short on purpose. */
export const SMALL_MAPPING = {
  kind: 'requests',
  source: 'dispatch',
  zone: 'Asia/Almaty',
  language: 'ru',
  city: { name: { ru: 'Тараз' }, centre: [71.37, 42.9] },
  dates: ['yyyy-MM-dd HH:mm', 'yyyy-MM-dd'],
  number: 'номер',
  registered: 'создана',
  due: 'срок',
  steps: { closed: 'закрыта' },
  status: {
    column: 'статус',
    values: { открыта: 'open', закрыта: 'closed', отложена: 'deferred' },
  },
  building: { id: 'дом', address: 'адрес' },
  organization: { id: 'организация' },
  category: { id: 'вид' },
}

export const SMALL_HEADER = 'номер,создана,срок,закрыта,статус,дом,адрес,организация,вид'
export const SMALL_ROWS = [
  '1,2026-01-10 09:00,2026-01-12 09:00,2026-01-11 15:30,закрыта,b1,"ул. Абая, 5",ОСИ «Әлия»,лифт',
  '2,2026-01-11 10:00,2026-01-13 10:00,,открыта,b1,"ул. Абая, 5",ОСИ «Әлия»,протечка',
  '3,2026-01-12 11:00,,,отложена,b2,"ул. Абая, 7",КСК Ұлан,лифт',
]
export const smallFile = (rows: readonly string[] = SMALL_ROWS) =>
  `${[SMALL_HEADER, ...rows].join('\n')}\n`

/** Almaty time, UTC+5 since 2024-03-01. */
export const SMALL_NOW = Date.parse('2026-01-20T12:00:00+05:00')
