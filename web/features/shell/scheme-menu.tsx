import { useMantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Dropdown } from '#web/ui/dropdown.tsx'
import { Option } from '#web/ui/option.tsx'
import styles from './scheme-menu.module.css'

const SCHEMES = ['auto', 'light', 'dark'] as const

export function SchemeMenu() {
  const { t } = useTranslation('shell')
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Dropdown
      align="end"
      className={styles.button ?? ''}
      label={`${t('scheme.label')}: ${t(`scheme.${colorScheme}`)}`}
      face={
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="8" cy="8" r="6.8" fill="none" stroke="currentColor" strokeWidth="1.4" />
          <path d="M8 1.2a6.8 6.8 0 0 1 0 13.6Z" fill="currentColor" />
        </svg>
      }
    >
      {(close) =>
        SCHEMES.map((scheme) => (
          <Option
            key={scheme}
            chosen={scheme === colorScheme}
            onChoose={() => {
              setColorScheme(scheme)
              close()
            }}
          >
            {t(`scheme.${scheme}`)}
          </Option>
        ))
      }
    </Dropdown>
  )
}
