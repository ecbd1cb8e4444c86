/** Messages on a WebSocket that no page of ours would send: in Engine.IO, in Socket.IO and in our own events. */
import { frameOf, openRaw } from '../../server/fixtures/rawSocket.ts'
import type { Dice } from './dice.ts'
import { anyJson, deepText, mangledBytes, mangledJson, mangledText } from './mangle.ts'

const ID = '7c9e6679-7425-40de-944b-e07fc1f90ae7'
const outage = {
  what: 'alarm',
  alarm: 1,
  kind: 'feederOut',
  source: 0,
  sources: 1,
  isMany: false,
  raisedMs: 1_700_000_000_000,
}
const edits = [{ kind: 'closeStreet', id: 'a', links: [1] }]
const camera = { lng: -56.2, lat: -34.9, zoom: 12, bearing: 0, pitch: 0 }

/** What a page says, every event once. */
const words: Readonly<Record<string, unknown>> = {
  subscribe: { stream: 'live', isWall: false, had: { epoch: 5, seq: 7 } },
  look: {
    stream: 'live',
    view: { area: [-56.2, -34.95, -56.1, -34.85], layers: ['traffic'], maxHz: 1, budgetBps: 4000 },
  },
  clock: {},
  unsubscribe: { stream: 'live' },
  ack: { stream: 'live', seq: 3 },
  fileRequest: { clientId: ID, serviceCode: 'pothole', lng: -56.17, lat: -34.89, description: 'a hole' },
  comment: { clientId: ID, subject: { kind: 'request', id: ID }, text: 'words', language: 'en' },
  acknowledge: { clientId: ID, what: 'alarm:customersOut', who: 'somebody' },
  handleAlarm: { clientId: ID, act: 'acknowledge', alarm: 1, kind: 'feederOut', source: 0, who: 'desk' },
  actAtDesk: { clientId: ID, kind: 'incident', act: 'open', incident: ID, who: 'desk', of: outage },
  saveScenario: { clientId: ID, name: 'a name', edits, horizonS: 600 },
  startScenario: { edits, horizonS: 600, speed: 60 },
  respond: { do: 'start', incident: { kind: 'feederOut', feeder: 0 }, horizonS: 600, members: 2 },
  drill: { do: 'verify', file: '{}' },
  startEnsemble: { edits, horizonS: 600, members: 2 },
  stopEnsemble: { id: 'e1' },
  askPreliminary: { edits, horizonS: 600, atS: 64_800 },
  ensemblePlaces: { id: 'e1' },
  stopScenario: { id: 's1' },
  joinWall: { name: 'main', screen: { cols: 2, rows: 2, col: 1, row: 0, widthPx: 1920, heightPx: 1080 } },
  steerWall: { name: 'main', act: 'direct', views: [{ text: 'Port', camera }], dwellS: 20 },
  touchWall: { name: 'main', act: 'tell', language: 'es', stops: [{ text: 'Puerto', camera }], stopS: 15 },
  listWalls: {},
}
const events = Object.keys(words)
const strangeEvents = [
  'sudo',
  '__proto__',
  'constructor',
  'disconnect',
  'connect',
  'frame',
  'newListener',
  '',
]
/** Engine.IO's and Socket.IO's own, in no order. */
const packets = [
  '0',
  '1',
  '2',
  '2probe',
  '3',
  '5',
  '6',
  '40',
  '41',
  '42',
  '43',
  '44',
  '45',
  '46',
  '7',
  'b',
  '',
]

/** Bytes that follow the handshake: one or more WebSocket frames. */
export function strangeMessage(dice: Dice): Buffer {
  const text = strangeText(dice)
  const payload = Buffer.from(text)
  switch (dice.below(12)) {
    case 0:
      // binary where none is taken
      return frameOf({ opcode: 2, isLast: true, payload: Buffer.from(mangledBytes(dice, payload)) })
    case 1:
      return inPieces(payload, 2 + dice.below(80))
    case 2:
      return frameOf({
        opcode: dice.below(16),
        isLast: dice.once(2),
        payload: payload.subarray(0, dice.below(130)),
      })
    case 3: {
      // another length than it says: what follows is read as something else
      const saysBytes = dice.pick([0, 1, payload.length + 1 + dice.below(100), 65_537, 2 ** 40, 2 ** 53 - 1])
      return frameOf({ opcode: 1, isLast: true, payload, saysBytes })
    }
    case 4:
      return Buffer.from(mangledBytes(dice, frameOf({ opcode: 1, isLast: true, payload })))
    default:
      return frameOf({ opcode: 1, isLast: true, payload })
  }
}

function strangeText(dice: Dice): string {
  const event = dice.pick(events)
  switch (dice.below(10)) {
    case 0:
      return dice.pick(packets)
    case 1:
      return `42["${event}",${deepText(10 + dice.below(20_000))}]`
    case 2:
      return mangledText(dice, `42${JSON.stringify([event, words[event]])}`)
    case 3:
      return `42${dice.below(1e9)}${JSON.stringify([dice.pick(strangeEvents), anyJson(dice)])}`
    case 4:
      return `42${JSON.stringify(anyJson(dice))}`
    case 5:
      return `${dice.pick(packets)}${JSON.stringify(anyJson(dice))}`
    default:
      return `42${dice.once(2) ? dice.below(1000) : ''}${JSON.stringify([event, mangledJson(dice, words[event])])}`
  }
}

function inPieces(payload: Buffer, count: number): Buffer {
  const size = Math.max(1, Math.ceil(payload.length / count))
  const frames = Array.from({ length: count }, (_, i) =>
    frameOf({
      opcode: i === 0 ? 1 : 0,
      isLast: i === count - 1,
      payload: payload.subarray(i * size, (i + 1) * size),
    }),
  )
  return Buffer.concat(frames)
}

/** Says each case on one socket, hangs up, and resolves when the server has let go of it too. */
export async function saySocketCases(address: string, cases: readonly Dice[]): Promise<void> {
  const socket = await openRaw(address)
  if (!cases[0].once(8))
    socket.send(frameOf({ opcode: 1, isLast: true, payload: Buffer.from(greeting(cases[0])) }))
  for (const dice of cases) socket.send(strangeMessage(dice))
  socket.end()
  await socket.closed
}

function greeting(dice: Dice): string {
  return dice.once(4) ? `40${JSON.stringify(anyJson(dice))}` : '40'
}
