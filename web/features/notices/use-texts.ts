import { noticeText } from '#server/contract/notice-lines.ts'
import en from '#server/contract/notice-words/en.ts'
import kk from '#server/contract/notice-words/kk.ts'
import ru from '#server/contract/notice-words/ru.ts'
import type { NoticeLine } from '#server/contract/notices.ts'
import { useFormat } from '#web/lib/use-format.ts'

const WORDS = { kk, ru, en }

/** What a notice says in the language of the page: the words of the letters. */
export function useNoticeTexts() {
  const format = useFormat()
  const words = WORDS[format.language]
  return {
    words,
    textOf: (line: Pick<NoticeLine, 'kind' | 'evidence'>) => noticeText(line, words, format),
  }
}
