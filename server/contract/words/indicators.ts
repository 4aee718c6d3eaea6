import type { Indicator } from '#server/contract/integrity.ts'

// What each indicator is called on the page and in its file.

export const INDICATORS_RU: Readonly<Record<Indicator, string>> = {
  unproven: 'Закрыты без слова жителя и без документа',
  premature: 'Вернулись в течение 72 часов после закрытия',
  bunching: 'Закрыты в последней десятой части срока',
  excessMass: 'Избыток закрытий перед сроком',
  heaping: 'Закрыты в одни и те же минуты часа',
  massClosing: 'Закрыты разом одной учётной записью',
  night: 'Закрыты ночью',
  afterTheFact: 'Закрытие внесено задним числом',
  scanReuse: 'Один документ у разных заявок',
  duplicateAbuse: 'Признаны дублем без другой открытой заявки',
  reworkLoop: 'Закрыты и открыты вновь три раза и больше',
  downgrading: 'Срочность аварийной снижена за сутки',
  dropping: 'Отозваны или переданы к самому сроку',
}

export const INDICATORS_KK: Readonly<Record<Indicator, string>> = {
  unproven: 'Тұрғынның сөзінсіз және құжатсыз жабылған',
  premature: 'Жабылғаннан кейін 72 сағатта қайтқан',
  bunching: 'Мерзімнің соңғы оннан бірінде жабылған',
  excessMass: 'Мерзім алдындағы артық жабу',
  heaping: 'Сағаттың бірдей минуттарында жабылған',
  massClosing: 'Бір есептік жазбадан бірден жабылған',
  night: 'Түнде жабылған',
  afterTheFact: 'Жабылуы кейін енгізілген',
  scanReuse: 'Әр өтінімде бір құжат',
  duplicateAbuse: 'Басқа ашық өтінім болмаса да, көшірме деп танылған',
  reworkLoop: 'Үш рет не одан көп жабылып, қайта ашылған',
  downgrading: 'Апаттықтың шұғылдығы тәулікте төмендеген',
  dropping: 'Мерзім алдында қайтарылған не тапсырылған',
}

export const INDICATORS_EN: Readonly<Record<Indicator, string>> = {
  unproven: 'Closed without the resident’s word and without a document',
  premature: 'Came back within 72 hours of closing',
  bunching: 'Closed in the last tenth of the term',
  excessMass: 'Excess of closings before the due time',
  heaping: 'Closed in the same minutes of the hour',
  massClosing: 'Closed at once by one account',
  night: 'Closed at night',
  afterTheFact: 'Closing entered after the fact',
  scanReuse: 'One document for several requests',
  duplicateAbuse: 'Called a duplicate with no other open request',
  reworkLoop: 'Closed and reopened three times or more',
  downgrading: 'Urgency of an emergency lowered within a day',
  dropping: 'Cancelled or handed over near the due time',
}
