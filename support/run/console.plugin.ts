import { consoleFormatter } from '../reports/console/console'
import { runMessages } from './environment.plugin'
import { runFacts } from './run'

/** The console report of this process's run. */
export default consoleFormatter(runFacts, runMessages)
