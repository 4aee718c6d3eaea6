export default {
  cancel: 'Cancel',
  refused: 'Not recorded: {{why}}',
}
