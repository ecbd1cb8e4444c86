/** Below a street that a feed closes, at the desk: by one press the closure becomes an incident, once. */
import { linkTable } from '../../../../twin/traffic/tables.ts'
import { sayFeed } from '../../../language/feedWords.ts'
import type { LayerContext } from '../../../layers/layer.ts'
import { layers } from '../../../layers/layers.ts'
import { linkName } from '../../../layers/traffic/linkName.ts'
import { closuresOf } from '../../../shell/feeds/closuresOf.ts'
import { useFeeds } from '../../../shell/feeds/feedStandings.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { useLayerContext } from '../../../shell/useLayerContext.ts'
import { useStore } from '../../../state/store.ts'
import type { Selected } from '../../../state/view.ts'
import type { Desk } from '../useDesk.ts'

const FEEDS_MS = 5000
const MOST_LETTERS = 160

export function ClosureIncident({ desk }: { desk: Desk }) {
  const { live } = useShell()
  const context = useLayerContext()
  const selection = useStore(live.store, ({ view }) => view.selection)
  if (!context || selection?.table !== linkTable.name) return null
  const isClosed = context.mirror.table(linkTable).columns.isClosed[selection.row] === 1
  return isClosed ? <OfClosed {...{ desk, context, selection }} /> : null
}

interface OfClosedProps {
  readonly desk: Desk
  readonly context: LayerContext
  readonly selection: Selected
}

function OfClosed({ desk, context, selection }: OfClosedProps) {
  const { value: feeds = [] } = useFeeds(FEEDS_MS)
  const closure = closuresOf(feeds, selection.row).at(0)
  if (closure === undefined) return null
  const { feed, words } = closure
  const title = `${linkName(context, selection.row)}: ${words || feed}`.slice(0, MOST_LETTERS)
  const open = () => {
    const already = desk.incidents.find((one) => one.state !== 'cleared' && one.title === title)
    if (already !== undefined) {
      desk.chooseIncident(already.id)
      return
    }
    const at = layers.traffic.locate(context, selection)
    void desk.acts
      .begin({
        kind: 'incident',
        act: 'open',
        of: { what: 'words', title },
        ...(at && { at: [at[0], at[1]] }),
      })
      .then((id) => id !== undefined && desk.chooseIncident(id))
  }
  return (
    <button type="button" aria-disabled={desk.acts.isBusy} onClick={() => !desk.acts.isBusy && open()}>
      {sayFeed('closedBy.incident')}
    </button>
  )
}
