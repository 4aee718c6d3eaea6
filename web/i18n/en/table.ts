export default {
  save: 'Save as:',
  saveAs: 'Save the rows of this filter as {{format}}',
  columns: 'Columns',
}
