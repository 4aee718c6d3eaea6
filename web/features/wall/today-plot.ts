/** Ends of both plots of the day on the plan of the wall. */
export const PLOT = { left: 780, right: 1856 }
export const HOUR_TICKS = [0, 6, 12, 18, 24] as const

export const hourX = (hour: number) => PLOT.left + (hour / 24) * (PLOT.right - PLOT.left)
