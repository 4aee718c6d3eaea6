export default {
  left: '{{time}} қалды',
  overdue: '{{time}} өтіп кетті',
  late: 'мерзімнен {{time}} кеш',
  inTime: 'мерзімінде',
  none: 'мерзімсіз',
  unknown: 'уақытына сенуге болмайды',
  norm: 'барлығы {{time}}',
}
