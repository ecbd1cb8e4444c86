/** What the traffic layer says in words of what is selected. */
import { linkControls } from '../../../twin/traffic/network.ts'
import { linkTable, signalModes, signalTable } from '../../../twin/traffic/tables.ts'
import { drivingSpeedRatio } from '../../state/drivingSpeed.ts'
import { formatLength, formatNumber, formatSpeed } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { Facts, type Fact } from '../Facts.tsx'
import { LastHour } from '../LastHour.tsx'
import type { LayerContext, Selection } from '../layer.ts'
import { fileOrigin, originOf } from '../origin.ts'
import { linkName } from './linkName.ts'

export function TrafficInspector({ context, selection }: { context: LayerContext; selection: Selection }) {
  return selection.table === signalTable.name ? (
    <SignalFacts context={context} row={selection.row} />
  ) : (
    <LinkFacts context={context} row={selection.row} />
  )
}

function LinkFacts({ context, row }: { context: LayerContext; row: number }) {
  const { links } = context.city.network
  const { speedMps, flowVph, queueM, vehicles, isClosed } = context.mirror.table(linkTable).columns
  const of = (column: keyof typeof linkTable.columns) => originOf(context, linkTable, column, row)
  const mapped = fileOrigin(context, 'network', 'map')
  const tagOrigin = (bit: number) =>
    (links.isTagged[row] & bit) > 0 ? mapped : fileOrigin(context, 'network', 'assumed')
  const facts: Fact[] = [
    { name: say('traffic.speed'), value: formatSpeed(speedMps[row]), origin: of('speedMps') },
    { name: say('traffic.freeSpeed'), value: formatSpeed(links.freeSpeedMps[row]), origin: tagOrigin(2) },
    {
      name: say('traffic.loneSpeed'),
      value: formatSpeed(links.freeSpeedMps[row] * drivingSpeedRatio(context.mirror)),
      origin: of('speedMps'),
    },
    {
      name: say('traffic.flow'),
      value: `${formatNumber(flowVph[row])} ${say('traffic.perHour')}`,
      origin: of('flowVph'),
    },
    { name: say('traffic.queue'), value: formatLength(queueM[row]), origin: of('queueM') },
    { name: say('traffic.vehicles'), value: formatNumber(vehicles[row]), origin: of('vehicles') },
    {
      name: say('traffic.access'),
      value: say(isClosed[row] === 1 ? 'traffic.isClosed' : 'traffic.isOpen'),
      origin: of('isClosed'),
    },
    { name: say('traffic.lanes'), value: formatNumber(links.lanes[row]), origin: tagOrigin(1) },
    { name: say('traffic.length'), value: formatLength(links.lengthM[row]), origin: mapped },
    {
      name: say('traffic.control'),
      value: say(`control.${linkControls[links.control[row]]}`),
      origin: mapped,
    },
  ]
  return (
    <Facts
      title={linkName(context, row)}
      kind={say('traffic.link')}
      alarm={isClosed[row] === 1 ? say('traffic.closed') : undefined}
      facts={facts}
    >
      <LastHour
        table={linkTable.name}
        row={row}
        column="speedMps"
        title={say('traffic.speed')}
        format={formatSpeed}
        timeZone={context.city.info.timeZone}
      />
    </Facts>
  )
}

function SignalFacts({ context, row }: { context: LayerContext; row: number }) {
  const { links } = context.city.network
  const mode = signalModes[context.mirror.table(signalTable).columns.mode[row]] ?? 'normal'
  const names = new Set<string>()
  for (let link = 0; link < links.signal.length; link++)
    if (links.signal[link] === row) names.add(linkName(context, link))
  return (
    <Facts
      title={[...names].slice(0, 2).join(' · ')}
      kind={say('traffic.signal')}
      alarm={mode === 'dark' ? say('traffic.signalDark') : undefined}
      facts={[
        {
          name: say('traffic.signalMode'),
          value: say(`signal.${mode}`),
          origin: originOf(context, signalTable, 'mode', row),
        },
        {
          name: say('traffic.signalPlan'),
          value: say('traffic.fixedPlan'),
          origin: fileOrigin(context, 'network', 'synthesised'),
        },
      ]}
    />
  )
}
