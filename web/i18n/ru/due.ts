export default {
  left: 'осталось {{time}}',
  overdue: 'просрочено {{time}}',
  late: 'позже срока на {{time}}',
  inTime: 'в срок',
  none: 'без срока',
  unknown: 'времени нельзя верить',
  norm: 'всего {{time}}',
}
