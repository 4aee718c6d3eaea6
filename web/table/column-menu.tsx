import { useTranslation } from 'react-i18next'
import { Dropdown } from '#web/ui/dropdown.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Option } from '#web/ui/option.tsx'
import { type Column, shownColumns } from './column.ts'
import styles from './toolbar.module.css'

interface ColumnMenuProps<Row> {
  columns: readonly Column<Row>[]
  chosen: readonly string[] | undefined
  /** undefined: the columns that are usual. */
  onChoose: (chosen: string[] | undefined) => void
}

/** Which columns are shown. */
export function ColumnMenu<Row>({ columns, chosen, onChoose }: ColumnMenuProps<Row>) {
  const { t } = useTranslation('table')
  const shown = shownColumns(columns, chosen)
  const usual = shownColumns(columns, undefined)
  const choose = (id: string) => {
    const next = { ...shown, [id]: !shown[id] }
    const same = columns.every((column) => next[column.id] === usual[column.id])
    onChoose(same ? undefined : columns.map((column) => column.id).filter((known) => next[known]))
  }
  return (
    <Dropdown
      className={styles.button ?? ''}
      align="end"
      face={
        <>
          {t('columns')} <Icon name="down" size={12} />
        </>
      }
    >
      {() =>
        columns
          .filter((column) => !column.fixed)
          .map((column) => (
            <Option
              key={column.id}
              chosen={shown[column.id] === true}
              onChoose={() => choose(column.id)}
            >
              {column.title}
            </Option>
          ))
      }
    </Dropdown>
  )
}
