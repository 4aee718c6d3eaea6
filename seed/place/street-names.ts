import type { Words } from '#server/contract/vocabulary.ts'
import type { Random } from '../random.ts'
import type { DistrictPlan } from './plan.ts'

type Name = readonly [ru: string, kk: string, en: string]
type Theme = DistrictPlan['theme']

const NAMES: Record<Theme, readonly Name[]> = {
  old: [
    ['Сейфуллина', 'Сейфуллин', 'Seifullin'],
    ['Гоголя', 'Гоголь', 'Gogol'],
    ['Театральная', 'Театр', 'Teatralnaya'],
    ['Ауэзова', 'Әуезов', 'Auezov'],
    ['Пушкина', 'Пушкин', 'Pushkin'],
    ['Купеческая', 'Көпес', 'Kupecheskaya'],
    ['Аптечная', 'Дәріхана', 'Aptechnaya'],
    ['Валиханова', 'Уәлиханов', 'Valikhanov'],
    ['Ремесленная', 'Қолөнер', 'Remeslennaya'],
    ['Толстого', 'Толстой', 'Tolstoy'],
    ['Базарная', 'Базар', 'Bazarnaya'],
    ['Жамбыла', 'Жамбыл', 'Zhambyl'],
    ['Почтовая', 'Пошта', 'Pochtovaya'],
    ['Чехова', 'Чехов', 'Chekhov'],
    ['Библиотечная', 'Кітапхана', 'Bibliotechnaya'],
    ['Музейная', 'Мұражай', 'Muzeynaya'],
    ['Соборная', 'Соборная', 'Sobornaya'],
    ['Лермонтова', 'Лермонтов', 'Lermontov'],
    ['Старая Площадь', 'Ескі алаң', 'Staraya Ploshchad'],
    ['Типографская', 'Баспахана', 'Tipografskaya'],
  ],
  rail: [
    ['Паровозная', 'Паровоз', 'Parovoznaya'],
    ['Депо', 'Депо', 'Depovskaya'],
    ['Локомотивная', 'Локомотив', 'Lokomotivnaya'],
    ['Перронная', 'Перрон', 'Perronnaya'],
    ['Товарная', 'Тауар', 'Tovarnaya'],
    ['Стрелочная', 'Стрелка', 'Strelochnaya'],
    ['Путейская', 'Жолшылар', 'Puteyskaya'],
    ['Привокзальная', 'Вокзал маңы', 'Privokzalnaya'],
    ['Семафорная', 'Бағдаршам', 'Semafornaya'],
    ['Машинистов', 'Машинистер', 'Mashinistov'],
    ['Заводская', 'Зауыт', 'Zavodskaya'],
    ['Складская', 'Қойма', 'Skladskaya'],
    ['Станционная', 'Бекет', 'Stantsionnaya'],
    ['Магистральная', 'Магистраль', 'Magistralnaya'],
    ['Мостовая', 'Көпір', 'Mostovaya'],
  ],
  river: [
    ['Береговая', 'Жаға', 'Beregovaya'],
    ['Причальная', 'Айлақ', 'Prichalnaya'],
    ['Портовая', 'Порт', 'Portovaya'],
    ['Паромная', 'Паром', 'Paromnaya'],
    ['Лодочная', 'Қайық', 'Lodochnaya'],
    ['Рыбацкая', 'Балықшылар', 'Rybatskaya'],
    ['Заречная', 'Өзен арғы беті', 'Zarechnaya'],
    ['Тихая', 'Тынық', 'Tikhaya'],
    ['Камышовая', 'Қамыс', 'Kamyshovaya'],
    ['Плотинная', 'Бөгет', 'Plotinnaya'],
    ['Речная', 'Өзен', 'Rechnaya'],
    ['Парусная', 'Желкен', 'Parusnaya'],
    ['Родниковая', 'Бұлақ', 'Rodnikovaya'],
    ['Ивовая', 'Тал', 'Ivovaya'],
    ['Песчаная', 'Құмды', 'Peschanaya'],
    ['Маячная', 'Шамшырақ', 'Mayachnaya'],
    ['Чаячья', 'Шағала', 'Chayachya'],
    ['Пристанская', 'Кемежай', 'Pristanskaya'],
  ],
  steppe: [
    ['Самал', 'Самал', 'Samal'],
    ['Байтерек', 'Бәйтерек', 'Baiterek'],
    ['Думан', 'Думан', 'Duman'],
    ['Мерей', 'Мерей', 'Merey'],
    ['Степная', 'Дала', 'Stepnaya'],
    ['Нурлы Жол', 'Нұрлы жол', 'Nurly Zhol'],
    ['Акбулак', 'Ақбұлақ', 'Aqbulaq'],
    ['Сарыарка', 'Сарыарқа', 'Saryarqa'],
    ['Кокше', 'Көкше', 'Kokshe'],
    ['Шанырак', 'Шаңырақ', 'Shanyraq'],
    ['Жетысу', 'Жетісу', 'Zhetisu'],
    ['Тулпар', 'Тұлпар', 'Tulpar'],
    ['Кербулак', 'Кербұлақ', 'Kerbulaq'],
    ['Улытау', 'Ұлытау', 'Ulytau'],
    ['Айнабулак', 'Айнабұлақ', 'Ainabulaq'],
    ['Достар', 'Достар', 'Dostar'],
    ['Жулдыз', 'Жұлдыз', 'Zhuldyz'],
    ['Беркут', 'Бүркіт', 'Berkut'],
    ['Кызгалдак', 'Қызғалдақ', 'Qyzgaldaq'],
    ['Отырар', 'Отырар', 'Otyrar'],
  ],
  garden: [
    ['Садовая', 'Бақ', 'Sadovaya'],
    ['Тепличная', 'Жылыжай', 'Teplichnaya'],
    ['Весенняя', 'Көктем', 'Vesennyaya'],
    ['Яблоневая', 'Алма', 'Yablonevaya'],
    ['Вишнёвая', 'Шие', 'Vishnyovaya'],
    ['Цветочная', 'Гүл', 'Tsvetochnaya'],
    ['Грушевая', 'Алмұрт', 'Grushevaya'],
    ['Медовая', 'Бал', 'Medovaya'],
    ['Сиреневая', 'Сирень', 'Sirenevaya'],
    ['Дачная', 'Саяжай', 'Dachnaya'],
    ['Огородная', 'Бақша', 'Ogorodnaya'],
    ['Липовая', 'Жөке', 'Lipovaya'],
    ['Урючная', 'Өрік', 'Uryuchnaya'],
    ['Солнечная', 'Күн', 'Solnechnaya'],
    ['Полевая', 'Егіс', 'Polevaya'],
    ['Луговая', 'Көгал', 'Lugovaya'],
    ['Берёзовая', 'Қайың', 'Beryozovaya'],
    ['Кленовая', 'Үйеңкі', 'Klenovaya'],
    ['Виноградная', 'Жүзім', 'Vinogradnaya'],
    ['Ягодная', 'Жидек', 'Yagodnaya'],
  ],
  plain: [
    ['Котельная', 'Қазандық', 'Kotelnaya'],
    ['Строителей', 'Құрылысшылар', 'Stroiteley'],
    ['Энергетиков', 'Энергетиктер', 'Energetikov'],
    ['Юности', 'Жастар', 'Yunosti'],
    ['Школьная', 'Мектеп', 'Shkolnaya'],
    ['Спортивная', 'Спорт', 'Sportivnaya'],
    ['Космонавтов', 'Ғарышкерлер', 'Kosmonavtov'],
    ['Монтажников', 'Монтажшылар', 'Montazhnikov'],
    ['Дружбы', 'Ынтымақ', 'Druzhby'],
    ['Кирпичная', 'Кірпіш', 'Kirpichnaya'],
    ['Рабочая', 'Жұмысшы', 'Rabochaya'],
    ['Целинная', 'Тың', 'Tselinnaya'],
    ['Новаторов', 'Жаңашылдар', 'Novatorov'],
    ['Северная', 'Солтүстік', 'Severnaya'],
    ['Водопроводная', 'Су құбыры', 'Vodoprovodnaya'],
    ['Геологов', 'Геологтар', 'Geologov'],
    ['Парковая', 'Саябақ', 'Parkovaya'],
    ['Учительская', 'Мұғалімдер', 'Uchitelskaya'],
    ['Бульварная', 'Гүлзар', 'Bulvarnaya'],
    ['Ветеранов', 'Ардагерлер', 'Veteranov'],
  ],
}

/** Hands out street names of a theme, then of the others, then numbered ones («2-я ул. Садовая»); never the same twice. */
export function createStreetNames(random: Random): (theme: Theme) => Words {
  const left = new Map(
    Object.entries(NAMES).map(([theme, names]) => [theme, random.shuffled(names)] as const),
  )
  const all = random.shuffled(Object.values(NAMES).flat())
  let spare = 0
  return (theme) => {
    const fullest = [...left.values()].reduce((a, b) => (b.length > a.length ? b : a))
    const own = left.get(theme)?.pop() ?? fullest.pop()
    if (own) return wordsOf(own, 1)
    const turn = 2 + Math.floor(spare / all.length)
    const name = all[spare % all.length] as Name
    spare++
    return wordsOf(name, turn)
  }
}

const ORDINALS = ['', '', '2nd ', '3rd ', '4th ', '5th ', '6th ']

const wordsOf = ([ru, kk, en]: Name, turn: number): Words =>
  turn === 1
    ? { ru: `ул. ${ru}`, kk: `${kk} көшесі`, en: `${en} Street` }
    : { ru: `${turn}-я ул. ${ru}`, kk: `${turn}-${kk} көшесі`, en: `${ORDINALS[turn]}${en} Street` }
