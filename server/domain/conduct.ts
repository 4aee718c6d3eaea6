/** Those who manage houses, as categories call them. */
const MANAGER =
  /(?<!\p{L})(?:(?:ук|уо|тсж|тсн|жск|оси|кск|пт|жэк)(?!\p{L})|управляющ\p{L}*|(?:обслуживающ\p{L}* )?(?:организаци|компани)\p{L}*|исполнител\p{L}*)/u
const CHIEF = /(?:председател|руководств|руководител|директор|правлени)\p{L}*/u
const STAFF = /(?:сотрудник|работник|диспетчер|персонал|представител|мастер)\p{L}*/u
const THEIRS = `(?:(?:${CHIEF.source}|${STAFF.source}) )*(?:${MANAGER.source}|${CHIEF.source})`
/** Works in the plural are done to a house. */
const BEARING =
  /(?<!\p{L})(?:работ(?:а|е|у|ой)|качеств\p{L}* (?:работы|обслуживания|управления)|поведени\p{L}*|отношени\p{L}*|действи\p{L}*)/u

const MANAGER_KK =
  /(?<!\p{L})(?:(?:ук|миб|оси|пик|кск|тсж)(?:-\p{L}+)?(?!\p{L})|басқарушы\p{L}*(?: (?:компания|ұйым)\p{L}*)?)(?: (?:төраға|диспетчер|қызметкер|басшы|директор)\p{L}*)*/u
const BEARING_KK = /(?:жұмыс(?:ы|ына|ының)?(?!\p{L})|әрекет|қызметі(?!\p{L})|дөрекі|шағым)/u

const BEARING_EN =
  /complaint about (?:the |a )?(?:company|organi[sz]ation|manager|landlord)|(?:work|conduct|inaction|actions|rudeness|behaviou?r) of (?:the |a )?(?:(?:managing|management|housing) )?(?:company|organi[sz]ation|manager|landlord|association)/u

/** Words of a category, in any language, whose complaints are about the company itself: how it works and behaves, not what is broken. */
export const CONDUCT = new RegExp(
  [
    `(?:жалоб\\p{L}* на|претензи\\p{L}* к) ${THEIRS}`,
    `${BEARING.source} ${THEIRS}`,
    `(?:груб|хамств)\\p{L}* (?:${THEIRS}|${STAFF.source})`,
    'бездействи',
    `${MANAGER_KK.source} ${BEARING_KK.source}`,
    '(?:компания|ұйым)ға шағым',
    BEARING_EN.source,
  ].join('|'),
  'iu',
)
