export default {
  cancel: 'Отмена',
  refused: 'Не записано: {{why}}',
}
