import type { Language } from '#server/contract/vocabulary.ts'
import type { Step } from './course.ts'
import { dossierFormat } from './dossier-format.ts'
import type { Block, Section } from './dossier-model.ts'

interface CourseWords {
  title: string
  proposed: string
  issued: string
  withdrawn: string
  replied: string
  decided: Record<'withdrawn' | 'inspection' | 'explained', string>
}

const WORDS: Record<Language, CourseWords> = {
  ru: {
    title: 'Ход: ответы и решения',
    proposed: 'Предложен',
    issued: 'Выставлен',
    withdrawn: 'Снят: два расчёта подряд без повода',
    replied: 'Ответ организации',
    decided: {
      withdrawn: 'Решение инспектора: снять',
      inspection: 'Решение инспектора: назначить проверку',
      explained: 'Решение инспектора: объяснение принято',
    },
  },
  kk: {
    title: 'Барысы: жауаптар мен шешімдер',
    proposed: 'Ұсынылды',
    issued: 'Шығарылды',
    withdrawn: 'Алынды: қатарынан екі есепте негіз болмады',
    replied: 'Ұйымның жауабы',
    decided: {
      withdrawn: 'Инспектордың шешімі: алып тастау',
      inspection: 'Инспектордың шешімі: тексеру тағайындау',
      explained: 'Инспектордың шешімі: түсіндірме қабылданды',
    },
  },
  en: {
    title: 'Course: replies and decisions',
    proposed: 'Proposed',
    issued: 'Issued',
    withdrawn: 'Withdrawn: two evaluations in a row were clear',
    replied: 'Reply of the organization',
    decided: {
      withdrawn: 'Inspector’s decision: withdraw',
      inspection: 'Inspector’s decision: order an inspection',
      explained: 'Inspector’s decision: the explanation is accepted',
    },
  },
}

/** What was said of it and answered, step by step: added to a dossier, never part of what is hashed. */
export function courseSection(
  course: readonly Step[],
  language: Language,
  zone: string,
): Section[] {
  if (course.length === 0) return []
  const words = WORDS[language]
  const format = dossierFormat(language, zone)
  const blocks = course.map((step): Block => {
    const what = step.kind === 'decided' ? words.decided[step.decision] : words[step.kind]
    const text = step.kind === 'replied' ? step.text : step.kind === 'decided' ? step.reason : null
    const head = `${format.instant(step.at)} \u2013 ${what}`
    return { kind: 'text', spans: [{ strong: head }, ...(text ? [`. ${text}`] : [])] }
  })
  return [{ id: 'course', title: words.title, blocks }]
}
