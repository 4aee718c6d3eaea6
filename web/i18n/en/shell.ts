export default {
  product: 'Домовой',
}
