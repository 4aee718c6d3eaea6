import { createContext, useContext } from 'react'
import { createFormat, type Format } from './format.ts'

/** Given by the shell: the chosen language and the city's zone. */
export const FormatContext = createContext<Format>(createFormat('ru', 'UTC'))

export const useFormat = (): Format => useContext(FormatContext)
