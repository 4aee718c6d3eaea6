export default {
  cancel: 'Бас тарту',
  refused: 'Жазылмады: {{why}}',
}
