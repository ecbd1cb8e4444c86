/**
 * `npm run conformance [-- FILE]`: what a server of ours says by each standard, held against the standard's published schemas, shapes,
 * rules and tests. A table goes to the console and, as Markdown, to FILE; every failure is named. Exit 0 when there is none.
 */
import { writeFileSync } from 'node:fs'
import { io, type Socket } from 'socket.io-client'
import type { ClientToServer, ServerToClient } from '../twin/protocol/messages.ts'
import { pageParser } from '../twin/protocol/socketParser.ts'
import { alarms, buses } from './conformance/feeds.ts'
import { features } from './conformance/features.ts'
import { surfaceAt, type Finding } from './conformance/finding.ts'
import { catalogue, open311 } from './conformance/schemas.ts'
import { startServer } from './e2e/server.ts'

const PATIENCE_MS = 60_000

/** Fails a substation as an exercise, so that there is an alarm to tell, and waits until it is told. */
async function failSubstation(address: string): Promise<void> {
  const socket: Socket<ServerToClient, ClientToServer> = io(address, { parser: pageParser })
  const failure = { kind: 'setSubstationInService', substation: 0, isInService: false } as const
  const reply = await socket
    .timeout(PATIENCE_MS)
    .emitWithAck('exercise', { act: 'start', failure, forS: 600 })
  socket.disconnect()
  if (!reply.ok) throw new Error(`conformance: no exercise could be begun: ${reply.error}`)
  for (const endMs = Date.now() + PATIENCE_MS; Date.now() < endMs; await pause(500))
    if ((await (await fetch(`${address}/cap/alerts.atom`)).text()).includes('<entry>')) return
  throw new Error(`conformance: a substation is out, and within ${PATIENCE_MS / 1000} s no alarm is up`)
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

function reportOf(findings: readonly Finding[]): string {
  const rows = findings.map(
    ({ standard, by, checked, failures, skipped }) =>
      `| ${standard} | ${by} | ${checked} | ${skipped === undefined ? failures.length : `not run: ${skipped}`} |`,
  )
  const named = findings.flatMap(({ standard, failures }) => failures.map((one) => `- ${standard}: ${one}`))
  return [
    '| standard | held against | things | failures |',
    '| --- | --- | ---: | ---: |',
    ...rows,
    ...(named.length > 0 ? ['', ...named] : []),
    '',
  ].join('\n')
}

const server = await startServer(['--at', '18:00'])
try {
  const surface = surfaceAt(server.address)
  const { bounds } = await surface.json<{ bounds: [number, number, number, number] }>('/api/city')
  const { utcOffsetS } = await surface.json<{ utcOffsetS: number }>('/api/now')
  await failSubstation(server.address)
  const middle = { lng: (bounds[0] + bounds[2]) / 2, lat: (bounds[1] + bounds[3]) / 2 }
  const findings = [
    ...(await buses(surface, utcOffsetS)),
    ...(await alarms(surface, utcOffsetS)),
    await open311(surface, middle),
    await features(surface),
    await catalogue(surface),
  ]
  const report = reportOf(findings)
  console.log(report)
  const [file] = process.argv.slice(2)
  if (file !== undefined) writeFileSync(file, report)
  const failed = findings.reduce((sum, { failures }) => sum + failures.length, 0)
  console.log(`${findings.length} standards, ${failed} failures`)
  process.exitCode = failed === 0 ? 0 : 1
} finally {
  await server.stop()
}
