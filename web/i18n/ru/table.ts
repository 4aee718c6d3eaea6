export default {
  save: 'Выгрузить:',
  saveAs: 'Выгрузить строки с этим отбором, {{format}}',
  columns: 'Столбцы',
}
