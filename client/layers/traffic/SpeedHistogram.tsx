/** How fast the vehicles on main streets go, of what a free street allows at this hour; pointing at a class lights its streets. */
import { useEffect } from 'react'
import type { City } from '../../../twin/city.ts'
import { lngLatFromLocal } from '../../../twin/geo/projection.ts'
import { mainLinkCount } from '../../../twin/objectives/measure.ts'
import { linkTable } from '../../../twin/traffic/tables.ts'
import { binned, litBin } from '../../charts/bins.ts'
import { Histogram } from '../../charts/Histogram.tsx'
import { sayChart } from '../../language/chartWords.ts'
import { formatNumber, formatPercent, formatUnit } from '../../language/format.ts'
import { drivingSpeedRatio } from '../../state/drivingSpeed.ts'
import { usePointed, type Pointed } from '../../state/pointing.ts'
import type { LayerContext } from '../layer.ts'
import { perCity } from '../perCity.ts'
import { pickLink } from './pickLink.ts'
import { speedStep } from './speedSteps.ts'

const EDGES = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]

const mainLinks = perCity(({ network }) => mainLinkCount(network))

export function SpeedHistogram({ context }: { context: LayerContext }) {
  const { city, mirror, pointing } = context
  const pointed = usePointed(pointing)
  useEffect(
    () =>
      pointing.offer((at, radiusM) => {
        const link = pickLink(city, at, radiusM)
        return link === undefined || link >= mainLinks(city) ? undefined : pointedLinks(city, [link])
      }),
    [pointing, city],
  )
  const { speedMps, vehicles } = mirror.table(linkTable).columns
  const { freeSpeedMps } = city.network.links
  const driving = drivingSpeedRatio(mirror)
  const ratios = Array.from(
    speedMps.subarray(0, mainLinks(city)),
    (mps, link) => mps / (freeSpeedMps[link] * driving),
  )
  const bins = binned(ratios, EDGES, (link) => vehicles[link])
  const all = bins.reduce((sum, { count }) => sum + count, 0)
  const slow = bins.filter(({ to }) => to <= 0.4).reduce((sum, { count }) => sum + count, 0)
  const lit = pointed?.table === linkTable.name ? litBin(bins, pointed.rows) : undefined
  return (
    <Histogram
      title={sayChart('speeds.title')}
      summary={sayChart('speeds.summary', {
        all: formatUnit(all, 'vehicles'),
        share: formatPercent(all > 0 ? slow / all : 0),
      })}
      note={sayChart('speeds.note')}
      bins={bins}
      colors={bins.map(({ from, to }) => `var(--traffic-${speedStep((from + to) / 2, 1)})`)}
      words={bins.map(({ from, to, count }) =>
        sayChart('speeds.class', {
          from: formatNumber(from * 100),
          to: formatPercent(to),
          count: formatUnit(count, 'vehicles'),
        }),
      )}
      formatCount={(count) => formatNumber(count)}
      formatEdge={(edge, isLast) => (isLast ? formatPercent(edge) : formatNumber(edge * 100))}
      pointed={lit === undefined ? [] : [lit]}
      onPoint={(bin) => pointing.point(bin === undefined ? undefined : pointedLinks(city, bins[bin].rows))}
    />
  )
}

function pointedLinks({ network, projection }: City, rows: readonly number[]): Pointed {
  const { links, shape } = network
  return {
    table: linkTable.name,
    rows,
    shape: () => ({
      points: [],
      paths: rows.map((link) =>
        Array.from({ length: links.shapeCount[link] }, (_, i) => {
          const at = links.shapeStart[link] + i
          return lngLatFromLocal(projection, [shape.xM[at], shape.yM[at]])
        }),
      ),
    }),
  }
}
