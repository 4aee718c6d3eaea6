import { Trans, useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import type { MapAnswer } from './answers.ts'
import { textWidth } from './scale.ts'
import { WallSentence } from './sentence.tsx'
import { useOutageNames } from './use-outage-names.ts'

const NUMBERS = ['one', 'two', 'three'] as const
const SIZE = 60
const WIDTH = 1792

/** What stands out on the map: an outage by its name, else places with more than usual. */
export function MapSentence({ map }: { map: MapAnswer }) {
  const [first] = map.outages
  return first ? <OutageSentence map={map} first={first} /> : <PlacesSentence map={map} />
}

function usePlaces({ concentrations, more }: MapAnswer) {
  const { t } = useTranslation('wall')
  const { number } = useFormat()
  const places = concentrations.length + more
  return places === 0
    ? null
    : t(`map.inPlaces.${NUMBERS[places - 1] ?? 'many'}`, { n: number(places) })
}

function PlacesSentence({ map }: { map: MapAnswer }) {
  const { t } = useTranslation('wall')
  const { number } = useFormat()
  const places = usePlaces(map)
  const requests = t('map.requests', { count: map.requests })
  const n = number(map.requests)
  return (
    <WallSentence
      lines={[
        <Trans
          key="places"
          t={t}
          i18nKey={places === null ? 'map.nowhere' : 'map.places'}
          values={{ n, requests, places }}
          components={{ b: <b /> }}
        />,
      ]}
    />
  )
}

/** The outage always, and after it as much as a line has room for. */
function OutageSentence({ map, first }: { map: MapAnswer; first: MapAnswer['outages'][number] }) {
  const { t } = useTranslation('wall')
  const { number } = useFormat()
  const { title, where } = useOutageNames(first)
  const places = usePlaces(map)
  const head = `${title}${first.kind !== 'suspected' ? ',' : title.endsWith('?') ? '' : ':'} `
  const more = map.outages.length - 1
  const tail =
    more > 0
      ? t('map.outagesMore', { n: number(more) })
      : places !== null
        ? t('map.placesMore', { places })
        : t('map.outageDay', {
            n: number(map.requests),
            requests: t('map.requests', { count: map.requests }),
          })
  const fits = textWidth(`${head}${where}; ${tail}.`, SIZE) < WIDTH
  return (
    <WallSentence
      lines={[
        <span key="outage">
          {head}
          <b>{where}</b>
          {fits ? `; ${tail}.` : '.'}
        </span>,
      ]}
    />
  )
}
