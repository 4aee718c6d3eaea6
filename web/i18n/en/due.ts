export default {
  left: '{{time}} left',
  overdue: '{{time}} overdue',
  late: '{{time}} late',
  inTime: 'in time',
  none: 'no due time',
  unknown: 'times not to be trusted',
  norm: '{{time}} in all',
}
