/** The whole server put together: live twin, scenarios, history, sockets and HTTP doors on one port. */
import { createServer, type Server as HttpServer } from 'node:http'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { alarmStates, alarmTable } from '../twin/alarms/tables.ts'
import { parseCity, type City } from '../twin/city.ts'
import { checkCommand } from '../twin/commands.ts'
import { publishedTables } from '../twin/domains.ts'
import { eventTable } from '../twin/events.ts'
import { indicatorTable } from '../twin/objectives/tables.ts'
import { requestTable } from '../twin/reports/tables.ts'
import type { StartScenario, Welcome } from '../twin/protocol/messages.ts'
import { nowBy } from '../twin/scenario/response/now.ts'
import { checkBuilt } from '../twin/scenario/build.ts'
import { checkEdits } from '../twin/scenario/edits.ts'
import { LIVE, PROTOCOL_VERSION } from '../twin/protocol/names.ts'
import { schemaHash } from '../twin/protocol/frame.ts'
import { makeDoorkeeper } from './access/makeDoorkeeper.ts'
import { makeApi } from './api/api.ts'
import { takeOffBase } from './api/basePath.ts'
import type { ApiContext } from './api/context.ts'
import type { Config } from './config.ts'
import { correctByFeeds } from './correctByFeeds.ts'
import { openFeeds } from './openFeeds.ts'
import { ForecastStore } from './history/forecastStore.ts'
import { History } from './history/history.ts'
import { openRecording } from './history/recording.ts'
import { Hub } from './hub/hub.ts'
import { makeCutter } from './hub/cutter.ts'
import { makeRunStreams, pass } from './hub/runStreams.ts'
import { dataVersion, openCity, readDatasets } from './loop/cityFolder.ts'
import { Drills } from './loop/drill/drills.ts'
import { Ensembles } from './loop/ensemble/ensembles.ts'
import { Exercise } from './loop/exercise.ts'
import { Forecaster } from './loop/forecaster.ts'
import { Live, type LiveFrame } from './loop/live.ts'
import { Moments } from './loop/moments.ts'
import { Preliminaries } from './loop/preliminary/preliminaries.ts'
import { Responses } from './loop/response/responses.ts'
import { Scenarios } from './loop/scenarios.ts'
import { runOfStory } from '../twin/scenario/stories.ts'
import { AlarmDesk } from './records/alarmDesk.ts'
import { OperationsDesk } from './records/operationsDesk.ts'
import { ReportFollower } from './records/reportFollower.ts'
import { Records } from './records/records.ts'
import { RequestDesk } from './records/requestDesk.ts'
import { recordsDoors } from './records/recordsDoors.ts'
import { WallsKept } from './records/wallsKept.ts'

// How often connections that send nothing, or too slowly, are looked for.
const CHECK_MS = 1000
const HOUR_MS = 3_600_000
/** Until a store that was away is asked again. */
const AGAIN_MS = 5000
const NEW_ALARM = alarmStates.indexOf('unacknowledged')
// Each forecast stays so long on the disk; what it taught stays for good.
const KEEP_FORECASTS_MS = 24 * HOUR_MS

export interface ServeOptions {
  readonly config: Config
  /** Where the cities are. */
  readonly root: string
  readonly docsFolder: string
  readonly liveWorker: URL
  readonly scenarioWorker: URL
  readonly forecastWorker: URL
  readonly log: (line: string) => void
}

export interface Served {
  readonly http: HttpServer
  readonly context: ApiContext
  /** Resolves when the city's files are open, before the twin is warm. */
  readonly cityReady: Promise<City>
  /** Resolves with the first frame. */
  readonly firstFrame: Promise<void>
  /** Name of the page's build, for `welcome`. */
  setBuild(build: string): void
  close(): Promise<void>
}

/** Begins to listen at once; the city and its twin come up while it serves what it has. */
export async function serve(options: ServeOptions): Promise<Served> {
  const { config, root, log } = options
  let build = ''
  const setUp = { root, cityId: config.cityId }
  const live = new Live({
    workerUrl: options.liveWorker,
    setUp: {
      ...setUp,
      seed: config.seed,
      atS: config.atS,
      date: config.date,
      speed: config.speed,
      framesPerS: config.framesPerS,
    },
    log,
  })
  const doorkeeper = makeDoorkeeper(config, log)
  const feeds = await openFeeds(config.feedsFile, () => context.city)
  const records = await Records.open(config)
  const desk = new RequestDesk(
    records,
    (command) => live.command(command),
    ({ serviceCode, lng, lat }) => hub.tellReport({ serviceCode, lng, lat }),
  )
  const alarmDesk = new AlarmDesk(
    records,
    {
      timeMs: () => live.timeMs,
      alarms: () => live.table(alarmTable).columns,
      command: (command) => live.command(command),
    },
    config.cityId,
  )
  const operations = new OperationsDesk(
    records,
    {
      clock: () => live.facts && { ...live.facts, tick: live.tick },
      alarms: () => live.table(alarmTable).columns,
    },
    config.cityId,
    (kind) => {
      hub.tellDesks(kind)
      if (kind === 'report') follower.changed()
    },
  )
  const follower = new ReportFollower(
    { requests: () => live.table(requestTable).columns, command: (command) => live.command(command) },
    desk,
    (ids) => operations.statuses(ids),
  )
  const wallsKept = new WallsKept(records, config.cityId, log)
  const exercise = new Exercise({ timeMs: () => live.timeMs, command: (command) => live.command(command) })
  const history = new History()
  const moments = new Moments(join(resolve(config.stateFolder), 'moments', config.cityId), () => live.save())
  const moment = async (state: string) => {
    if (context.folder === undefined) throw new Error('the city is still starting')
    return moments.read(state, dataVersion(context.folder))
  }
  const runStreams = makeRunStreams(() => hub)
  const scenarios: Scenarios = new Scenarios(
    {
      workerUrl: options.scenarioWorker,
      setUp,
      facts: () => live.facts,
      timeMs: () => live.timeMs,
      fork: () => live.save(),
      moment,
      log,
    },
    {
      ...runStreams,
      state: (owners, state) => hub.tellScenario(owners, state),
    },
  )
  const drills = new Drills(
    setUp,
    { ...runStreams, state: (owners, state) => hub.tellDrill(owners, state) },
    log,
  )
  const ensembles = new Ensembles({
    ...setUp,
    threads: availableParallelism(),
    facts: () => live.facts,
    timeMs: () => live.timeMs,
    fork: () => live.save(),
    moment,
    tell: (owner, state) => hub.tellEnsemble(owner, state),
    log,
  })
  const preliminaries = new Preliminaries({
    ...setUp,
    facts: () => live.facts,
    timeMs: () => live.timeMs,
    log,
  })
  const responses = new Responses({
    ...setUp,
    threads: availableParallelism(),
    city: () => context.city,
    now: () => (live.tick < 0 ? undefined : nowBy((spec) => live.table(spec).columns)),
    fork: () => live.save(),
    tell: (owner, state) => hub.tellResponse(owner, state),
    log,
  })
  const forecaster = new Forecaster({
    workerUrl: options.forecastWorker,
    setUp,
    members: config.forecastMembers,
    speed: config.speed,
    fork: () => live.save(),
    isBusy: () => [scenarios, ensembles, drills, responses].some(({ running }) => running > 0),
    store: await openForecasts(options),
    log,
  })
  const context: ApiContext = {
    live,
    history,
    hub: () => hub,
    scenarios,
    moments,
    forecaster,
    desk,
    operations,
    exercise,
    records,
    doorkeeper,
    feeds,
    corrections: correctByFeeds({ feeds: feeds.all, live, records, desk, city: () => context.city }),
    startedAtMs: Date.now(),
    recording: undefined,
    recordingFault: undefined,
    folder: undefined,
    city: undefined,
    page: undefined,
  }
  const http = createServer(
    { connectionsCheckingInterval: CHECK_MS },
    makeApi(context, options.docsFolder, log),
  )
  // a slow sender holds a connection no longer than this, milliseconds
  http.headersTimeout = 10_000
  http.requestTimeout = 30_000
  http.maxHeadersCount = 100

  const cityReady = loadCity(root, config.cityId, context)
  void cityReady.then(() => feeds.start())
  const hub: Hub = new Hub(http, doorkeeper, {
    welcome: (): Welcome | undefined =>
      live.facts && {
        protocol: PROTOCOL_VERSION,
        schemaHash: schemaHash(publishedTables),
        cityId: config.cityId,
        startMs: live.facts.startMs,
        utcOffsetS: live.facts.utcOffsetS,
        speed: config.speed,
        build,
      },
    fileRequest: async (message, actor) => desk.file(await cityReady, message, actor),
    ...recordsDoors(records, cityReady),
    handleAlarm: (message, actor) => alarmDesk.handle(message, actor),
    actAtDesk: (message, actor) => operations.handle(message, actor),
    exercise: async (message) => {
      if (message.act === 'end') return exercise.end().then(() => 0)
      checkCommand(message.failure, await cityReady)
      return exercise.start(message.failure, message.forS)
    },
    startScenario: (message, owner) => startScenario(message, owner),
    startEnsemble: (message, owner) => {
      if (context.city === undefined || live.tick < 0) throw new Error('the city is still starting')
      checkOf(message)(message.edits, context.city)
      return ensembles.start(message, owner)
    },
    stopEnsemble: (id, owner) => ensembles.stop(id, owner),
    askPreliminary: async (message, owner) => preliminaries.ask(message, owner),
    ensemblePlaces: (id, owner) => ensembles.places(id, owner),
    drill: (message, owner) => drills.take(message, owner),
    respond: (message, owner) => responses.take(message, owner),
    playStory: (story, owner) => startScenario(runOfStory(story), owner, true),
    stopScenario: (id, owner) => scenarios.stop(id, owner),
    isAlarmUp: () => live.tick >= 0 && live.table(alarmTable).columns.state.includes(NEW_ALARM),
    keepWall: (kept) => wallsKept.keep(kept),
    left: (owner) => {
      for (const runs of [scenarios, ensembles, preliminaries, drills, responses]) runs.left(owner)
    },
  })
  hub.restoreWalls(await wallsKept.read())
  const startScenario = (asked: StartScenario, owner: string, isStory = false): string => {
    if (context.city === undefined || live.tick < 0) throw new Error('the city is still starting')
    checkOf(asked)(asked.edits, context.city)
    return scenarios.start(asked, owner, isStory)
  }
  takeOffBase(http, config.doors.base)
  const liveStream = hub.openStream(LIVE)
  void cityReady.then((city) => liveStream.cutBy(makeCutter(city, live.decoder)))

  let isNewRun = false
  let runs = 0
  const firstFrame = new Promise<void>((done) => {
    live.on('running', (facts, savedAtMs) => {
      hub.welcomeAll()
      forecaster.running(facts)
      const run = ++runs
      const tellAgain = () => {
        void cityReady
          .then((city) => desk.refile(city, savedAtMs))
          .then(() => follower.begin())
          .catch((error: Error) => {
            log(`People's reports are not in the twin yet: ${error.message}`)
            if (run === runs) setTimeout(tellAgain, AGAIN_MS).unref()
          })
      }
      tellAgain()
      exercise.running(savedAtMs)
      isNewRun = true
    })
    live.on('frame', (frame) => {
      pass(liveStream, frame)
      record(context, frame)
      if (live.timeMs !== undefined) {
        if (isNewRun)
          alarmDesk
            .begin(live.timeMs)
            .catch((error: Error) => log(`Shelved alarms are told of again: ${error.message}`))
        isNewRun = false
        alarmDesk.look()
        follower.look()
        exercise.look()
        history.record((spec) => live.table(spec), live.timeMs)
        forecaster.frame(live.timeMs, live.table(indicatorTable).columns.value)
      }
      done()
    })
    live.on('keyframe', (frame) => {
      liveStream.keyframe(frame)
      context.recording?.recorder.keyframe(frame)
    })
  })

  await listening(http, config)
  await openPast(context, options)
  live.start()
  return {
    http,
    context,
    cityReady,
    firstFrame,
    setBuild: (name) => (build = name),
    close: async () => {
      await hub.close()
      responses.close()
      http.closeAllConnections()
      await Promise.all([
        live.stop(),
        scenarios.close(),
        ensembles.close(),
        preliminaries.close(),
        drills.close(),
        forecaster.close(),
        feeds.close(),
        wallsKept.settled(),
      ])
      await records.close()
      await context.recording?.close()
    },
  }
}

async function loadCity(root: string, cityId: string, context: ApiContext): Promise<City> {
  context.folder = await openCity(root, cityId)
  context.city = parseCity(await readDatasets(context.folder))
  return context.city
}

/** Opens the recording, or says why there is none; the city runs all the same. */
async function openPast(context: ApiContext, { config, log }: ServeOptions): Promise<void> {
  const { keepHours, keepBytes } = config
  if (keepHours === 0) {
    context.recordingFault = 'This server records nothing (CITYTWIN_KEEP_HOURS is 0).'
    return
  }
  const folder = join(resolve(config.stateFolder), 'recording', config.cityId)
  try {
    context.recording = await openRecording({ folder, keepHours, keepBytes, log })
  } catch (error) {
    context.recordingFault = (error as Error).message
    log(`Nothing is recorded: ${context.recordingFault}`)
  }
}

/** Opens what is kept of earlier forecasts. */
function openForecasts({ config, log }: ServeOptions): Promise<ForecastStore> {
  const folder = join(resolve(config.stateFolder), 'forecasts', config.cityId)
  return ForecastStore.open({ folder, keepMs: KEEP_FORECASTS_MS, nowMs: Date.now, log })
}

/** Streets are built for what begins in a typical hour, not at a moment in which they are driven. */
function checkOf({ atS, state }: Pick<StartScenario, 'atS' | 'state'>): typeof checkEdits {
  return atS === undefined || state !== undefined ? checkEdits : checkBuilt
}

/** Hands what was just sent to the recorder. */
function record({ recording, live }: ApiContext, frame: LiveFrame): void {
  if (recording === undefined || live.facts === undefined) return
  recording.recorder.frame(frame, live.facts)
  recording.recorder.note(live.table(eventTable), live.table(indicatorTable), frame.tick)
}

function listening(http: HttpServer, config: Config): Promise<void> {
  return new Promise((done, failed) => {
    http.once('error', failed)
    http.listen(config.port, config.host, () => {
      http.off('error', failed)
      done()
    })
  })
}
