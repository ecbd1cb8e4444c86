/** `/health` for whoever watches the server, `/metrics` for Prometheus. */
import { Router as makeRouter, type Router } from 'express'
import type { ApiContext } from './context.ts'

export function healthRoutes(context: ApiContext): Router {
  const router = makeRouter()

  router.get('/health', (_request, response) => {
    const { live, folder } = context
    const { state, frameAgeMs } = live
    response
      .status(state === 'running' ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({
        status: state,
        city: folder?.info.id,
        tick: live.tick,
        timeMs: live.timeMs,
        tickAgeS: frameAgeMs === undefined ? undefined : Math.round(frameAgeMs / 100) / 10,
        speed: live.speed,
        behindS: live.load.behindS,
        viewers: context.hub().viewers,
        recording: context.recording?.health() ?? { state: 'off', why: context.recordingFault },
        feeds: context.feeds.all.map((feed) => {
          const { state, why } = feed.standing()
          return { id: feed.declaration.id, state, why }
        }),
        restarts: live.restarts,
        lastFailure: live.lastFailure?.split('\n')[0],
      })
  })

  router.get('/metrics', (_request, response) => {
    response
      .set('Cache-Control', 'no-store')
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(metrics(context))
  })

  return router
}

type Metric = readonly [name: string, kind: 'gauge' | 'counter', help: string, value: number]

/** In Prometheus' text format. */
function metrics(context: ApiContext): string {
  const { live, scenarios, doorkeeper, forecaster } = context
  const hub = context.hub()
  const memory = process.memoryUsage()
  const cpu = process.cpuUsage()
  const list: Metric[] = [
    ['citytwin_up', 'gauge', 'Whether the live twin runs.', live.state === 'running' ? 1 : 0],
    ['citytwin_tick', 'gauge', 'Tick of the last frame, 50 a simulated second.', live.tick],
    ['citytwin_frame_age_seconds', 'gauge', 'Since the last frame.', (live.frameAgeMs ?? NaN) / 1000],
    ['citytwin_speed', 'gauge', 'Simulated seconds per second asked for.', live.speed],
    ['citytwin_step_seconds', 'gauge', 'Mean time of one step.', live.load.stepMs / 1000],
    [
      'citytwin_behind_seconds',
      'gauge',
      'Simulated seconds the twin is behind its clock.',
      live.load.behindS,
    ],
    ['citytwin_dropped_seconds_total', 'counter', 'Simulated seconds let go.', live.load.droppedS],
    ['citytwin_restarts_total', 'counter', 'Restarts of the live twin.', live.restarts],
    ['citytwin_viewers', 'gauge', 'Open sockets.', hub.viewers],
    ['citytwin_viewers_behind', 'gauge', 'Viewers that are being skipped.', hub.behind],
    ['citytwin_catch_ups_total', 'counter', 'Keyframes for viewers that had fallen behind.', hub.caughtUp],
    ['citytwin_frame_bytes_total', 'counter', 'Live frames, deflated, counted once.', live.frameBytes],
    ['citytwin_frames_total', 'counter', 'Live frames.', live.frames],
    ['citytwin_refused_messages_total', 'counter', 'Messages of pages refused.', hub.refused],
    ['citytwin_refused_sockets_total', 'counter', 'Sockets not opened.', doorkeeper.refusedSockets],
    ['citytwin_wrong_tokens_total', 'counter', 'Tokens that were none.', doorkeeper.wrongTokens],
    ['citytwin_recording_bytes', 'gauge', 'The recording on disk.', context.recording?.health().bytes ?? 0],
    [
      'citytwin_recording_up',
      'gauge',
      'Whether frames are being recorded.',
      Number(context.recording?.health().state === 'recording'),
    ],
    ['citytwin_scenarios_running', 'gauge', 'What-if runs under way.', scenarios.running],
    ['citytwin_scenarios_queued', 'gauge', 'What-if runs waiting.', scenarios.queued],
    [
      'citytwin_forecast_members',
      'gauge',
      'Members of the forecast that stands.',
      forecaster.forecast?.members ?? 0,
    ],
    ['citytwin_forecast_member_seconds', 'gauge', 'Time one member took.', (forecaster.memberMs ?? 0) / 1000],
    ['citytwin_forecasts_scored_total', 'counter', 'Forecasts scored.', forecaster.tally.forecasts],
    ['process_resident_memory_bytes', 'gauge', 'Resident memory.', memory.rss],
    ['process_cpu_seconds_total', 'counter', 'User and system time.', (cpu.user + cpu.system) / 1e6],
    ['process_uptime_seconds', 'gauge', 'Since the start.', process.uptime()],
  ]
  return (
    list.map(([name, kind, help, value]) => inWords(name, kind, help, [`${name} ${value}`])).join('') +
    feedMetrics(context)
  )
}

/** A line a feed of each. */
function feedMetrics({ feeds }: ApiContext): string {
  const standing = feeds.all.map((feed) => ({ id: feed.declaration.id, ...feed.standing() }))
  if (standing.length === 0) return ''
  const gauge = (name: string, help: string, value: (of: (typeof standing)[number]) => number) =>
    inWords(
      name,
      'gauge',
      help,
      standing.map((of) => `${name}{feed="${of.id}"} ${value(of)}`),
    )
  return [
    gauge('citytwin_feed_up', 'Whether the feed is as new as promised.', ({ state }) => +(state === 'live')),
    gauge('citytwin_feed_age_seconds', 'Of the newest value.', ({ ageS }) => ageS),
    gauge('citytwin_feed_uptime_ratio', 'Looks answered, last day.', ({ quality }) => quality.uptime),
    gauge('citytwin_feed_validity_ratio', 'Answers read, last day.', ({ quality }) => quality.validity),
    gauge(
      'citytwin_feed_completeness_ratio',
      'Records used of the last.',
      ({ quality }) => quality.completeness,
    ),
    gauge(
      'citytwin_feed_freshness_ratio',
      'Looks as new as promised, last day.',
      ({ quality }) => quality.freshness,
    ),
  ].join('')
}

function inWords(name: string, kind: Metric[1], help: string, lines: readonly string[]): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${lines.join('\n')}\n`
}
