/** The only module that touches ECharts; loaded when the first chart is drawn. */
import {
  BarChart,
  type BarSeriesOption,
  CustomChart,
  type CustomSeriesOption,
  LineChart,
  type LineSeriesOption,
  ScatterChart,
  type ScatterSeriesOption,
} from 'echarts/charts'
import {
  GridComponent,
  type GridComponentOption,
  TooltipComponent,
  type TooltipComponentOption,
} from 'echarts/components'
import { type ComposeOption, type ECharts, init, use } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer } from 'echarts/renderers'

use([
  BarChart,
  CustomChart,
  LineChart,
  ScatterChart,
  GridComponent,
  TooltipComponent,
  LabelLayout,
  CanvasRenderer,
])

export type ChartOption = ComposeOption<
  | BarSeriesOption
  | CustomSeriesOption
  | LineSeriesOption
  | ScatterSeriesOption
  | GridComponentOption
  | TooltipComponentOption
>

export type Drawing = Pick<ECharts, 'dispose'> & {
  show(option: ChartOption): void
  resize(): void
}

/** `pick` hears the `id` of the clicked datum, where it has one. */
export function draw(host: HTMLElement, pick: (id: string) => void): Drawing {
  const chart = init(host, null, { renderer: 'canvas' })
  chart.on('click', (event) => {
    const { data } = event
    if (data && typeof data === 'object' && 'id' in data && data.id != null) pick(String(data.id))
  })
  return {
    show: (option) => chart.setOption(option, { notMerge: true }),
    resize: () => chart.resize(),
    dispose: () => chart.dispose(),
  }
}
