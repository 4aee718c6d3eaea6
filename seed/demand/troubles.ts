/**
 * What residents report, in a dispatcher's words. A line without a weight opens a group.
 * id | kk | ru | en | weight per 1,000 | norm | median | share of closings rejected | season | exposure | trade [| kind]
 */
export const TROUBLE_TABLE = `
Сумен жабдықтау | Водоснабжение | Water supply
water-burst | Құбыр жарылуы | Прорыв трубы | Burst pipe | 9 | 2h | 0.75h | 0.09 | frost | pipes | plumbing
water-riser | Тік құбырдың ағуы | Течь стояка | Leaking riser | 62 | 1d | 8h | 0.11 | flat | pipes | plumbing
water-none | Суық су жоқ | Нет холодной воды | No cold water | 38 | 1d | 6h | 0.06 | flat | flats | plumbing
water-pressure | Су қысымы әлсіз | Слабый напор воды | Low water pressure | 34 | 3d | 27h | 0.11 | summer | height | plumbing
water-valve | Кран жаппайды | Не перекрывает вентиль | Valve does not shut | 24 | 3d | 30h | 0.08 | flat | pipes | plumbing
water-meter | Су есептегіші | Прибор учёта воды | Water meter | 30 | 7d | 88h | 0.04 | flat | flats | plumbing

Ыстық су | Горячая вода | Hot water
hot-none | Ыстық су жоқ | Нет горячей воды | No hot water | 48 | 1d | 7h | 0.07 | hot_water | district_heat | plumbing
hot-lukewarm | Ыстық су салқын | Горячая вода чуть тёплая | Hot water is lukewarm | 30 | 3d | 28h | 0.12 | hot_water | district_heat | plumbing

Жылыту | Отопление | Heating
heat-leak | Радиатордың ағуы | Течь батареи | Leaking radiator | 14 | 2h | 0.75h | 0.08 | heating | pipes | plumbing
heat-cold | Батареялар суық | Холодные батареи | Cold radiators | 96 | 1d | 8h | 0.12 | heating | district_heat | plumbing
heat-air | Жүйеде ауа | Воздух в системе | Air in the heating | 34 | 3d | 30h | 0.09 | heating_start | height | plumbing
heat-hot | Тым ыстық | Перетоп | Too hot | 14 | 3d | 33h | 0.08 | heating | district_heat | plumbing

Кәріз | Канализация | Sewerage
sewer-block | Кәріз бітелуі | Засор канализации | Blocked sewer | 60 | 2h | 0.8h | 0.1 | flat | pipes | plumbing
sewer-basement | Жертөлені су басу | Затопление подвала | Flooded basement | 8 | 2h | 0.85h | 0.09 | rain | pipes | plumbing
sewer-smell | Кіреберістегі иіс | Запах в подъезде | Smell in the entrance | 42 | 3d | 33h | 0.1 | summer | pipes | plumbing

Электр | Электрика | Electricity
power-spark | Қалқан ұшқындайды | Искрит щиток | Sparking panel | 13 | 2h | 0.7h | 0.06 | flat | pipes | electric
power-none | Пәтерде жарық жоқ | Нет света в квартире | No power in the flat | 42 | 1d | 6h | 0.05 | flat | flats | electric
power-light | Кіреберісте жарық жоқ | Не горит свет в подъезде | Entrance light out | 56 | 3d | 30h | 0.06 | flat | entrances | electric
power-meter | Электр есептегіші | Электросчётчик | Electricity meter | 14 | 7d | 91h | 0.04 | flat | flats | electric

Лифт | Лифт | Lift
lift-trapped | Адам қамалып қалды | Застревание в лифте | Trapped in a lift | 10 | 2h | 0.55h | 0.04 | flat | lifts | lift
lift-stopped | Лифт жұмыс істемейді | Лифт не работает | Lift out of service | 64 | 1d | 7h | 0.09 | flat | lifts | lift
lift-door | Лифт есігі жабылмайды | Не закрывается дверь лифта | Lift door does not close | 26 | 1d | 8h | 0.08 | flat | lifts | lift
lift-noise | Лифттегі шу | Шум лифта | Noisy lift | 14 | 7d | 91h | 0.09 | flat | lifts | lift

Шатыр және тігістер | Кровля и швы | Roof and seams
roof-leak | Шатырдан су ағуы | Протечка кровли | Leaking roof | 24 | 3d | 36h | 0.13 | rain | roof | roof
roof-seams | Панель тігістері | Межпанельные швы | Panel seams | 6 | 210d | 100d | 0.09 | rain | panel | roof
roof-facade | Қасбет, күнқағар | Фасад, козырёк | Facade, canopy | 13 | 30d | 13d | 0.05 | flat | entrances | roof

Есіктер және домофон | Двери и домофон | Doors and intercom
door-intercom | Домофон жұмыс істемейді | Домофон не работает | Intercom does not work | 34 | 3d | 28h | 0.08 | flat | entrances | electric
door-closer | Кіреберіс есігі | Входная дверь, доводчик | Entrance door | 20 | 3d | 33h | 0.07 | frost | entrances | own
door-window | Кіреберіс терезесі | Окно в подъезде | Entrance window | 14 | 7d | 80h | 0.04 | frost | entrances | own

Тазалық және аула | Уборка и двор | Cleaning and yard
yard-stairs | Кіреберіс жиналмаған | Не убран подъезд | Entrance not cleaned | 44 | 3d | 27h | 0.08 | flat | entrances | cleaning
yard-snow | Қар мен мұз | Снег и наледь во дворе | Snow and ice in the yard | 30 | 1d | 8.5h | 0.08 | snow | entrances | cleaning
yard-playground | Балалар алаңы | Детская площадка | Playground | 15 | 30d | 13d | 0.03 | summer | flats | own
yard-trees | Ағаштар мен көгал | Деревья и газон | Trees and lawn | 17 | 30d | 13d | 0.03 | summer | flats | own
yard-paving | Үй айналасындағы төсем | Отмостка и дорожки | Paving around the house | 14 | 30d | 13d | 0.04 | rain | flats | own
yard-entrance | Кіреберісті жөндеу | Ремонт подъезда | Entrance repair | 10 | 90d | 47d | 0.05 | flat | entrances | own

Қоқыс құбыры | Мусоропровод | Refuse chute
chute-block | Қоқыс құбыры бітелген | Засор мусоропровода | Blocked chute | 22 | 1d | 8h | 0.07 | flat | chute | cleaning
chute-bins | Қоқыс шығарылмаған | Не вывезен мусор | Bins not emptied | 17 | 1d | 9h | 0.08 | summer | flats | cleaning

Газ | Газ | Gas
gas-smell | Газ иісі | Запах газа | Smell of gas | 6 | 2h | 0.55h | 0.02 | flat | flats | gas
gas-stove | Газ плитасы | Газовая плита | Gas stove | 10 | 3d | 30h | 0.04 | flat | flats | gas

Басқа | Прочее | Other
other-pests | Жәндіктер, кеміргіштер | Насекомые, грызуны | Pests | 16 | 7d | 94h | 0.07 | summer | flats | own
other-charges | Есептеулер туралы сұрақ | Вопрос о начислениях | Question about charges | 24 | 7d | 82h | 0.03 | flat | flats | own | question
other-advice | Кеңес сұрау | Консультация | Advice | 18 | 7d | 3h | 0.02 | flat | flats | own | consultation
other-company | Компанияға шағым | Жалоба на организацию | Complaint about the company | 11 | 15d | 8d | 0.06 | flat | flats | own | complaint
other-idea | Абаттандыру ұсынысы | Предложение по благоустройству | Proposal for the yard | 6 | 15d | 8d | 0.02 | summer | flats | own | proposal`
