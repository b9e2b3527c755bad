import { consoleFormatter } from '../reports/console/console'
import { runFacts } from './run'

/** The console report of this process's run. */
export default consoleFormatter(runFacts)
