/** What the traffic layer says in words: its legend and its inspector. */
import { linkControls } from '../../../twin/traffic/network.ts'
import { linkTable, signalModes, signalTable } from '../../../twin/traffic/tables.ts'
import { formatLength, formatNumber, formatPercent, formatSpeed } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import type { Theme } from '../../theme/theme.ts'
import { Facts, type Fact } from '../Facts.tsx'
import { LastHour } from '../LastHour.tsx'
import type { LayerContext, Selection } from '../layer.ts'
import { fileOrigin, originOf } from '../origin.ts'
import { Scale } from '../Scale.tsx'
import { differencePalette, DIFFERENCES } from './differences.ts'
import { STEP_BELOW } from './speedSteps.ts'

export function TrafficLegend({ theme, isCompared }: { theme: Theme; isCompared: boolean }) {
  const [free, some, half, slow] = STEP_BELOW.map((ratio) => formatPercent(ratio))
  const texts = [`> ${free}`, `> ${some}`, `> ${half}`, `> ${slow}`, `< ${slow}`]
  const [few, many] = DIFFERENCES.map((ratio) => formatPercent(ratio))
  const differences = [`> +${many}`, `> +${few}`, `±${few}`, `> −${few}`, `> −${many}`]
  return (
    <>
      {isCompared ? (
        <Scale
          title={say('traffic.differences')}
          steps={differencePalette(theme).map((color, i) => ({ color, text: differences[i] }))}
        />
      ) : (
        <Scale
          title={say('traffic.legend')}
          steps={theme.traffic.map((color, i) => ({ color, text: texts[i] }))}
        />
      )}
      <ul className="legend-marks">
        <li>
          <Dash color={theme.car} /> {say('traffic.car')}
        </li>
        <li>
          <Dash color={theme.traffic[4]} /> {say('traffic.queue')}
        </li>
        <li>
          <svg width="28" height="16" aria-hidden>
            <circle cx="7" cy="8" r="4.5" fill={theme.power[theme.isDark ? 3 : 2]} />
            <circle cx="21" cy="8" r="4" fill="none" stroke={theme.quietText} strokeWidth="1.3" />
          </svg>
          {say('traffic.heads')}
        </li>
        <li>
          <svg width="16" height="16" aria-hidden>
            <path d="M8 1 15 14H1Z" fill="none" stroke={theme.alarm.critical} strokeWidth="2" />
          </svg>
          {say('traffic.darkSignal')}
        </li>
      </ul>
    </>
  )
}

function Dash({ color }: { color: string }) {
  return (
    <svg width="16" height="6" aria-hidden>
      <rect width="16" height="4" y="1" rx="2" fill={color} />
    </svg>
  )
}

export function TrafficInspector({ context, selection }: { context: LayerContext; selection: Selection }) {
  return selection.table === signalTable.name ? (
    <SignalFacts context={context} row={selection.row} />
  ) : (
    <LinkFacts context={context} row={selection.row} />
  )
}

/** The name of a street, or of what it is when it has none. */
export function linkName(context: Pick<LayerContext, 'city'>, link: number): string {
  const { links, names } = context.city.network
  return names.text[links.name[link]] || say('traffic.unnamed')
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
