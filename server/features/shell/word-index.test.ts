import { expect, test } from 'vitest'
import { editsToPrefix, otherLayout } from './fold.ts'
import { createWordIndex } from './word-index.ts'

const addresses = [
  'ул. Набережная, 14',
  'ул. Набережная, 14А',
  'ул. Набережная, 4',
  'ул. Набережная, 114',
  'Береговая, 14',
  'Қабанбай батыр көшесі, 14/2',
  'просп. Зелёный, 7',
  'ул. Мира, 12',
]
const index = createWordIndex(addresses, (address) => [address])

test('a street and a number find that house first, then those that begin so', () => {
  expect(index.find('набережная 14', 9)).toEqual(['ул. Набережная, 14', 'ул. Набережная, 14А'])
  expect(index.find('УЛ НАБЕРЕЖНАЯ', 9)).toHaveLength(4)
})
test('a number is never forgiven a mistake', () => {
  expect(index.find('набережная 5', 9)).toEqual([])
})
test('letters are forgiven in longer words', () => {
  expect(index.find('набережня 14', 1)).toEqual(['ул. Набережная, 14'])
  expect(index.find('нбаережная 14', 1)).toEqual(['ул. Набережная, 14'])
  expect(index.find('мипа', 9)).toEqual(['ул. Мира, 12'])
  expect(index.find('мип', 9)).toEqual([])
})
test('ё, case and the Kazakh keyboard do not matter', () => {
  expect(index.find('зеленый', 9)).toEqual(['просп. Зелёный, 7'])
  expect(index.find('кабанбай', 9)).toEqual(['Қабанбай батыр көшесі, 14/2'])
  expect(index.find('ҚАБАНБАЙ 14', 9)).toEqual(['Қабанбай батыр көшесі, 14/2'])
})
test('a keyboard left in the other layout is understood', () => {
  expect(otherLayout('yf,tht;yfz 14')).toBe('набережная 14')
})
test('nothing typed finds nothing', () => {
  expect(index.find('  ,. ', 9)).toEqual([])
})
test('edits are counted to the nearest beginning of the word', () => {
  expect(editsToPrefix('набер', 'набережная', 1)).toBe(0)
  expect(editsToPrefix('нобер', 'набережная', 1)).toBe(1)
  expect(editsToPrefix('бнаер', 'набережная', 1)).toBe(Number.POSITIVE_INFINITY)
  expect(editsToPrefix('анбер', 'набережная', 1)).toBe(1)
})
