/**
 * What the stream costs: bytes a second of one viewer of the whole city at the evening peak, against the same tables as JSON each
 * second; the server's CPU for a message against bare ws and against Socket.IO as it comes; ten thousand viewers at once; and how
 * soon somebody who comes late has the whole picture.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inflateRawSync } from 'node:zlib'
import { io } from 'socket.io-client'
import { makeQuietHub } from './load/quietHub.ts'
import { publishedTables } from '../../twin/domains.ts'
import { makeTable } from '../../twin/kernel/table.ts'
import { readEnvelope } from '../../twin/protocol/envelope.ts'
import { FrameDecoder } from '../../twin/protocol/frame.ts'
import { pageParser } from '../../twin/protocol/socketParser.ts'
import { Districts } from './load/districts.ts'
import { runFanout, type Fanout } from './load/fanout.ts'
import { citiesFolder, openCity, readDatasets } from '../../server/loop/cityFolder.ts'
import { utcOffsetS } from '../../server/loop/cityTime.ts'
import { Framer } from '../../server/loop/framer.ts'
import { warmTwin } from '../../server/loop/makeTwin.ts'
import { parseCity } from '../../twin/city.ts'
import type { Table } from '../../twin/kernel/table.ts'

const CITY = 'montevideo'
const JOINS = 7
// A keyframe is made every fifteen frames.
const MOST_WAITING = 14
const SECONDS = 60
// A city without stored life begins empty: it is run until its streets are full.
const FEWEST_VEHICLES = 2000
const FILL_S = 2400
// Any Monday will do; 18:00 in Montevideo.
const PEAK_MS = Date.parse('2026-11-23T21:00:00Z')

export async function bench(log: (line: string) => void): Promise<void> {
  const folder = await openCity(citiesFolder, CITY)
  const city = parseCity(await readDatasets(folder))
  const offsetS = utcOffsetS(city.info.timeZone, PEAK_MS)
  const twin = await warmTwin(city, folder.folder, {
    seed: city.info.seed,
    startMs: PEAK_MS,
    utcOffsetS: offsetS,
  })
  const vehicles = () => twin.traffic.links.columns.vehicles.reduce((sum, count) => sum + count, 0)
  if (vehicles() < FEWEST_VEHICLES) twin.advance(FILL_S)
  const framer = new Framer(twin.tables)
  const keyframeBytes = framer.next(twin.clock.tick).bytes.byteLength
  const districts = new Districts(city, twin.tables)
  const frames: Uint8Array[] = []
  let bytes = 0
  let jsonBytes = 0
  let encodeMs = 0
  for (let second = 0; second < SECONDS; second++) {
    twin.step()
    const fromMs = performance.now()
    const frame = new Uint8Array(framer.next(twin.clock.tick).bytes)
    frames.push(frame)
    bytes += frame.length
    encodeMs += performance.now() - fromMs
    districts.next(twin.clock.tick)
    jsonBytes += Buffer.byteLength(JSON.stringify(twin.tables.map(rowsOf)))
  }
  const say = (facts: object) => log(JSON.stringify({ bench: 'stream', ...facts }))
  say({
    what: 'bytes',
    city: CITY,
    vehicles: vehicles(),
    bytesPerS: Math.round(bytes / SECONDS),
    jsonBytesPerS: Math.round(jsonBytes / SECONDS),
    ratio: Number((jsonBytes / bytes).toFixed(1)),
    keyframeBytes,
    encodeMsPerFrame: Number((encodeMs / SECONDS).toFixed(2)),
  })
  say({ what: 'districts of a phone at zoom 15', ...districts.cost(SECONDS) })
  say({ what: 'late join', ...(await joinLate(framer, frames)) })
  await fanOut(say, frames, districts.busiestTiles(64))
}

// The crowd of a popular page, each sent a small frame often, and the whole city to as many as ever come.
const OFTEN = { viewers: 4000, walls: 0, hz: 10, seconds: 10 }
const OFTEN_BYTES = 2000
const TILES = { viewers: 4000, walls: 0, hz: 1, seconds: 10 }
const MANY = { viewers: 10_000, walls: 20, hz: 1, seconds: 15 }

async function fanOut(
  say: (facts: object) => void,
  frames: readonly Uint8Array[],
  tileFrames: readonly Uint8Array[],
): Promise<void> {
  const small = [frames.reduce((a, b) => (a.length > b.length ? a : b)).slice(0, OFTEN_BYTES)]
  const [ours, ws, stock] = [
    await runFanout({ ...OFTEN, mode: 'ours', payloads: small }),
    await runFanout({ ...OFTEN, mode: 'ws', payloads: small }),
    await runFanout({ ...OFTEN, mode: 'stock', payloads: small }),
  ]
  for (const result of [ours, ws, stock]) say({ what: `${OFTEN_BYTES} B often`, hz: OFTEN.hz, ...result })
  const ratio = (one: Fanout) => Number((ours.cpuUsPerMessage / one.cpuUsPerMessage).toFixed(2))
  say({ what: 'CPU of a message', oursOverWs: ratio(ws), oursOverStock: ratio(stock) })
  // of the busiest tiles' own frames, and of frames so large that their bytes are what costs
  for (const payloads of [tileFrames, small]) {
    const [tiles, rooms] = [
      await runFanout({ ...TILES, mode: 'tiles', payloads }),
      await runFanout({ ...TILES, mode: 'rooms', payloads }),
    ]
    const tileBytes = Math.round(payloads.reduce((sum, { length }) => sum + length, 0) / payloads.length)
    for (const result of [tiles, rooms]) say({ what: 'nine tiles each', tileBytes, ...result })
    const roomsOverTiles = Number((rooms.cpuUsPerMessage / tiles.cpuUsPerMessage).toFixed(2))
    say({ what: 'CPU of a tile', tileBytes, roomsOverTiles, lost: tiles.lost })
  }
  const many = await runFanout({ ...MANY, mode: 'ours', payloads: frames })
  const thousands = MANY.viewers / 1000
  say({
    what: 'whole city to many',
    ...many,
    coresPer1000: Number((many.cores / thousands).toFixed(4)),
    mbitPerSPer1000: Number(((many.mbPerS * 8) / thousands).toFixed(1)),
  })
}

/** From the first byte asked for to the whole state taken in, over a real socket, with as many changes to catch up as ever wait. */
async function joinLate(framer: Framer, frames: readonly Uint8Array[]): Promise<object> {
  const http = createServer()
  const hub = makeQuietHub(http)
  const stream = hub.openStream('live')
  const key = framer.keyframe()
  if (key === undefined) throw new Error('stream: there is no frame yet')
  stream.restart(key)
  // deltas that change nothing the keyframe has not, but weigh what they weigh
  const waiting = frames.slice(-MOST_WAITING)
  for (const frame of waiting) stream.frame({ bytes: frame.slice().buffer })
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
  const { port } = http.address() as AddressInfo
  const times: number[] = []
  let wireBytes = 0
  for (let run = 0; run < JOINS; run++) {
    const fromMs = performance.now()
    const socket = io(`http://127.0.0.1:${port}`, {
      parser: pageParser,
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    })
    wireBytes = await new Promise<number>((done) => {
      const decoder = new FrameDecoder(publishedTables.map((spec) => makeTable(spec, 0)))
      let bytes = 0
      let left = waiting.length + 1
      socket.on('connect', () => socket.emit('subscribe', { stream: 'live' }, () => undefined))
      socket.on('frame', (message: Uint8Array) => {
        const envelope = readEnvelope(message)
        if (envelope.kind === 'beat') return
        bytes += message.length
        const frame = inflateRawSync(envelope.payload)
        if (envelope.kind === 'keyframe') decoder.apply(frame)
        if (--left === 0) done(bytes)
      })
    })
    times.push(performance.now() - fromMs)
    socket.disconnect()
  }
  await hub.close()
  times.sort((a, b) => a - b)
  return { wireBytes, medianMs: Math.round(times[JOINS >> 1]), worstMs: Math.round(times[JOINS - 1]) }
}

/** A table as an API without columns would give it: one object a row. */
function rowsOf(table: Table): object[] {
  const names = Object.keys(table.columns)
  return Array.from({ length: table.rows }, (_, row) =>
    Object.fromEntries(names.map((name) => [name, rounded(table, name, row)])),
  )
}

/** No more digits than the stream carries, so that JSON is not blamed for noise. */
function rounded(table: Table, name: string, row: number): number {
  const { quantum } = table.spec.columns[name]
  if (quantum === 0) return Number(table.columns[name][row].toPrecision(7))
  return Number((Math.round(table.columns[name][row] / quantum) * quantum).toPrecision(7))
}
