import type { Language } from '#server/contract/vocabulary.ts'

interface ReplayWords {
  title: string
  interval: string
  means: string
  meaning: string
  opened: string
  transferred: string
}

export const REPLAY_WORDS: Record<Language, ReplayWords> = {
  ru: {
    title: 'Изменения за время',
    interval: 'Время',
    means: 'Строки',
    meaning:
      'каждое начало и каждый конец времени, в которое организация отвечала за открытую заявку, если оно случилось или стало известно в это время',
    opened: 'открыта',
    transferred: 'передана другой организации',
  },
  kk: {
    title: 'Уақыт ішіндегі өзгерістер',
    interval: 'Уақыт',
    means: 'Жолдар',
    meaning:
      'ұйым ашық өтінімге жауап берген уақыттың әр басы мен әр соңы, егер ол осы уақытта болса немесе белгілі болса',
    opened: 'ашылды',
    transferred: 'басқа ұйымға берілді',
  },
  en: {
    title: 'Changes of a time',
    interval: 'Time',
    means: 'Rows',
    meaning:
      'each beginning and each end of a time in which an organization answered for an open request, where it happened or became known in this time',
    opened: 'opened',
    transferred: 'passed to another organization',
  },
}
