/** Kinds of streets: what runs between houses, or stands for it in an address. */
const STREETS = {
  ул: 'ул улица улице улицы у көшесі көше көш кошеси коше к-сі к-си street str',
  'пр-кт':
    'пр-кт пр-т просп проспект п-т даңғылы даңғыл даң даңғ дангылы дангыл д-лы даң-лы avenue ave',
  пер: 'пер переулок пер-к п-к бұрылысы тұйық lane',
  проезд: 'проезд пр-д пр-зд өткелі passage drive',
  'б-р': 'б-р бул бульв бульвар гүлзары boulevard blvd',
  ш: 'ш шоссе ш-се тасжолы highway',
  наб: 'наб набережная наб-я жағалауы embankment',
  пл: 'пл площадь алаңы алаң square',
  туп: 'туп тупик тұйығы',
  аллея: 'аллея ал аллеясы alley',
  линия: 'линия лин желісі',
  просек: 'просек просека',
  тракт: 'тракт тр-т трактісі',
  'кв-л': 'кв-л квартал орамы',
  /** Either of two. */
  пр: 'пр',
} as const
/** Parts of a settlement: may be left out or added without naming another house. */
const PARTS = {
  мкр: 'мкр мкр-н микрорайон м-н мкрн ықшамауданы ықшамаудан microdistrict',
  'р-н': 'р-н район ауданы аудан district',
  округ: 'округ ао окр округі',
  обл: 'обл область облысы край респ республика',
  жк: 'жк',
} as const
/** Settlements: another one is another house. */
const SETTLEMENTS = {
  г: 'г город гор қаласы қала қ city',
  п: 'п пос поселок поселение кенті',
  пгт: 'пгт',
  дп: 'дп',
  рп: 'рп',
  с: 'с село ауылы ауыл',
  д: 'д деревня дер',
  х: 'х хутор',
  тер: 'тер территория',
  снт: 'снт днт дск гск снп садоводство',
} as const

export type StreetKind = keyof typeof STREETS
export type AreaKind = keyof typeof PARTS | keyof typeof SETTLEMENTS
export type Kind = StreetKind | AreaKind

const KIND_OF: ReadonlyMap<string, Kind> = new Map(
  Object.entries({ ...STREETS, ...PARTS, ...SETTLEMENTS }).flatMap(([kind, written]) =>
    // The keys of the tables are the kinds.
    written.split(' ').map((word): [string, Kind] => [word, kind as Kind]),
  ),
)
export const kindOf = (word: string): Kind | undefined => KIND_OF.get(word)
export const isStreetKind = (kind: Kind): kind is StreetKind => kind in STREETS
/** A part of a settlement: two writings of one address may differ in it. */
export const isPart = (kind: Kind) => kind in PARTS
/** Called by a number more often than by a name. */
export const isNumbered = (kind: Kind) => kind === 'мкр' || kind === 'кв-л' || kind === 'линия'
/** One letter is also an initial or a house letter. */
export const isShort = (word: string) => word.length === 1

const table = (groups: Readonly<Record<string, string>>) =>
  new Map(Object.entries(groups).flatMap(([to, from]) => from.split(' ').map((word) => [word, to])))

const SAME = table({
  б: 'б бол большая большой большое большие',
  м: 'м мал малая малый малое малые',
  ср: 'ср сред средняя средний среднее',
  в: 'в верх верхн верхняя верхний верхние',
  н: 'н ниж нижн нижняя нижний нижние',
  нов: 'нов новая новый новое новые',
  стар: 'стар старая старый старое старые',
  сев: 'сев северная северный северное',
  юж: 'юж южная южный южное',
  зап: 'зап западная западный западное',
  вост: 'вост восточная восточный восточное',
  академика: 'академика акад ак',
  маршала: 'маршала марш',
  генерала: 'генерала ген',
  адмирала: 'адмирала адм',
  профессора: 'профессора проф',
  '1': 'первая первый первое бірінші',
  '2': 'вторая второй второе екінші',
  '3': 'третья третий третье үшінші',
  '4': 'четвертая четвертый четвертое төртінші',
  '5': 'пятая пятый пятое бесінші',
  '6': 'шестая шестой шестое алтыншы',
  '7': 'седьмая седьмой седьмое жетінші',
  '8': 'восьмая восьмой восьмое сегізінші',
  '9': 'девятая девятый девятое тоғызыншы',
  '10': 'десятая десятый десятое оныншы',
})
/** The one way this part of a street's name is written. */
export const oneWay = (word: string) => SAME.get(word) ?? word

/** Said or left out before a surname. */
const RANKS = new Set(
  (
    'академика маршала генерала адмирала профессора космонавта летчика героя капитана лейтенанта полковника подполковника ' +
    'майора сержанта архитектора художника композитора конструктора авиаконструктора доктора инженера поэта писателя ' +
    'батыра батыр акына ақын жырау би хана хан'
  ).split(' '),
)
export const isRank = (word: string) => RANKS.has(word)

/** Says nothing: another writing leaves it out. */
const SILENT = new Set(
  'им имени атындағы россия рф казахстан қазақстан рк республика ооо'.split(' '),
)
export const isSilent = (word: string) => SILENT.has(word)

export const ORDINAL_ENDS = new Set(
  'я й ая ый ой е ое го ья ье ші шы нші ншы th st nd rd'.split(' '),
)

export type HouseLabel =
  | 'house'
  | 'corpus'
  | 'building'
  | 'literal'
  | 'structure'
  | 'entrance'
  | 'copy'
const LABELS = table({
  house: 'д дом үй үйі уй вл влад владение домовладение двлд зд здание house',
  corpus: 'к корп корпус кор корпусы блок бл',
  building: 'с стр строение құрылыс',
  literal: 'лит литер литера',
  structure: 'соор сооруж сооружение',
  entrance: 'под подъезд подъезды парадная парадный п пд кіреберіс кіреберісі инв',
  copy: 'дубль',
})
// The values of the table are its keys.
export const labelOf = (word: string) => LABELS.get(word) as HouseLabel | undefined

/** A person's own door. */
const FLATS = new Set(
  (
    'кв кв-ра кв-ры кварт квартира квартиры квартире пәтер пәтері пәтерлер п-р пәт патер пат апартаменты ' +
    'пом помещение ком комн комната комнаты бөлме бөлмесі flat apt apartment unit kv pater'
  ).split(' '),
)
export const isOwnDoor = (word: string) => FLATS.has(word)
/** What is behind the door of a house is never kept. */
const BEHIND = new Set('оф офис офисі кеңсе эт этаж қабат қабаты домофон код'.split(' '))
export const isFlat = (word: string) => FLATS.has(word) || BEHIND.has(word)

/** A number in words, of which "двадцать пять" has two. */
const NUMERAL =
  /^(?:(?:один|два|три|четыр|пят|шест|сем|восем|девят)\p{L}{0,3}надцат\p{L}{1,3}|одиннадцат\p{L}{1,3}|(?:два|три)дцат\p{L}{1,3}|(?:пять|шесть|семь|восемь)?десят\p{L}{0,3}|сорок\p{L}{0,3}|девяност\p{L}{1,3}|сто|двести|триста|один|одна|два|две|три|четыре|пять|шесть|семь|восемь|девять|(?:перв|втор|четв[её]рт|пят|шест|седьм|восьм|девят)(?:ая|ой|ый|ое)|треть?[яий]{1,2}|бір|екі|үш|төрт|бес|алты|жеті|сегіз|тоғыз|он|жиырма|отыз|қырық|елу|алпыс|жетпіс|сексен|тоқсан|жүз|\p{L}{2,6}(?:інші|ыншы|нші|ншы))$/u
export const isNumeral = (word: string) => NUMERAL.test(word)
