/** A city, from `city.json` in the data folder. */
export interface City {
  name: { kk?: string; ru?: string; en?: string }
  /** IANA zone; all local dates of the facts are in it. */
  zone: string
  languages: readonly ('kk' | 'ru' | 'en')[]
  centre: [lon: number, lat: number]
}
