import type { Indicator } from '#server/contract/integrity.ts'
import type { Language } from '#server/contract/vocabulary.ts'
import type { DossierFacts } from './dossier-facts.ts'
import type { DossierFormat } from './dossier-format.ts'
import type { Span } from './dossier-model.ts'
import { rich } from './dossier-text.ts'

interface WarnedWords {
  signal: string
  doubts: string
  afterwards: string
  doubt: Record<Indicator, string>
}

const WORDS: Record<Language, WarnedWords> = {
  ru: {
    signal:
      'Ранний сигнал: к неделе с {on} накопилось больше событий, чем бывало у самой организации при таком же составе заявок (контрольная карта CUSUM).',
    doubts: 'Вопросы достоверности данных: {list}.',
    afterwards:
      'Рассчитано позже своего времени, по уже собранным данным: ответить в срок организация не могла. Ответ принимается и сейчас.',
    doubt: {
      unproven: 'закрыты без слова жителя и без документа',
      premature: 'вернулись в течение 72 часов после закрытия',
      bunching: 'закрыты в последней десятой части срока',
      excessMass: 'избыток закрытий перед сроком',
      heaping: 'закрыты в одни и те же минуты часа',
      massClosing: 'закрыты разом одной учётной записью',
      night: 'закрыты ночью',
      afterTheFact: 'закрытие внесено задним числом',
      scanReuse: 'один документ у разных заявок',
      duplicateAbuse: 'признаны дублем без другой открытой заявки',
      reworkLoop: 'закрыты и открыты вновь три раза и больше',
      downgrading: 'срочность аварийной снижена за сутки',
      dropping: 'отозваны или переданы к самому сроку',
    },
  },
  kk: {
    signal:
      'Ерте белгі: {on} басталған аптаға қарай ұйымның өзінде өтінімдердің осындай құрамында бұрын болғаннан көп оқиға жиналды (CUSUM бақылау картасы).',
    doubts: 'Деректердің сенімділігі бойынша сұрақтар: {list}.',
    afterwards:
      'Өз уақытынан кейін, жиналып қойған деректер бойынша есептелді: ұйым мерзімінде жауап бере алмады. Жауап қазір де қабылданады.',
    doubt: {
      unproven: 'тұрғынның сөзінсіз және құжатсыз жабылған',
      premature: 'жабылғаннан кейін 72 сағатта қайтқан',
      bunching: 'мерзімнің соңғы оннан бірінде жабылған',
      excessMass: 'мерзім алдындағы артық жабу',
      heaping: 'сағаттың бірдей минуттарында жабылған',
      massClosing: 'бір есептік жазбадан бірден жабылған',
      night: 'түнде жабылған',
      afterTheFact: 'жабылуы кейін енгізілген',
      scanReuse: 'әр өтінімде бір құжат',
      duplicateAbuse: 'басқа ашық өтінім болмаса да, көшірме деп танылған',
      reworkLoop: 'үш рет не одан көп жабылып, қайта ашылған',
      downgrading: 'апаттықтың шұғылдығы тәулікте төмендеген',
      dropping: 'мерзім алдында қайтарылған не тапсырылған',
    },
  },
  en: {
    signal:
      'Early signal: by the week of {on} more had happened than used to at this organization with the same mix of requests (CUSUM chart).',
    doubts: 'Questions about its data: {list}.',
    afterwards:
      'Evaluated after its time, from data that were there already: the organization could not reply in time. A reply is still taken.',
    doubt: {
      unproven: 'closed without the resident’s word and without a document',
      premature: 'came back within 72 hours of closing',
      bunching: 'closed in the last tenth of the term',
      excessMass: 'excess of closings before the due time',
      heaping: 'closed in the same minutes of the hour',
      massClosing: 'closed at once by one account',
      night: 'closed at night',
      afterTheFact: 'closing entered after the fact',
      scanReuse: 'one document for several requests',
      duplicateAbuse: 'called a duplicate with no other open request',
      reworkLoop: 'closed and reopened three times or more',
      downgrading: 'urgency of an emergency lowered within a day',
      dropping: 'cancelled or handed over near the due time',
    },
  },
}

/** Why it is watched besides its figures, and that it was told too late for a reply in time. */
export function warnedSpans(
  { level, warned, afterwards }: DossierFacts,
  language: Language,
  format: DossierFormat,
): Span[] {
  const words = WORDS[language]
  const shown = level === 'watch' || level === 'inspect' ? warned : null
  const list = (shown?.doubts ?? []).map((one) => words.doubt[one]).join('; ')
  return [
    ...(shown?.week ? rich(words.signal, { on: format.day(shown.week) }, ' ') : []),
    ...(list ? rich(words.doubts, { list }, ' ') : []),
    ...(afterwards ? rich(words.afterwards, {}, ' ') : []),
  ]
}
