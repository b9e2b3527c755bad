import type { Response } from './redis-client'

/** Commands as at a prompt, each with the response of Redis 7.0.15. */
export interface RedisRow {
  does: string
  exchange: readonly (readonly [command: string, response: Response])[]
}

const row = (does: string, exchange: RedisRow['exchange']): RedisRow => ({ does, exchange })

/** What clients of a cache use, and how they are refused. */
export const TABLE: readonly RedisRow[] = [
  row('a text is set', [['SET k v', 'OK']]),
  row('a text is read', [
    ['SET k v', 'OK'],
    ['GET k', 'v'],
  ]),
  row('a missing key is nothing', [['GET none', null]]),
  row('set only if missing', [
    ['SET k v', 'OK'],
    ['SET k w NX', null],
  ]),
  row('set only if there', [['SET none w XX', null]]),
  row('set and read the old', [
    ['SET k v', 'OK'],
    ['SET k w GET', 'v'],
  ]),
  row('set keeps the time to live', [
    ['SET k v EX 100', 'OK'],
    ['SET k w KEEPTTL', 'OK'],
    ['TTL k', 100],
  ]),
  row('set ends the time to live', [
    ['SET k v EX 100', 'OK'],
    ['SET k w', 'OK'],
    ['TTL k', -1],
  ]),
  row('an expiry of nothing', [['SET k v EX 0', "-ERR invalid expire time in 'set' command"]]),
  row('an expiry in words', [['SET k v EX soon', '-ERR value is not an integer or out of range']]),
  row('two expiries', [['SET k v EX 1 PX 1', '-ERR syntax error']]),
  row('an unknown option', [['SET k v WHATEVER', '-ERR syntax error']]),
  row('too few arguments', [['SET k', "-ERR wrong number of arguments for 'set' command"]]),
  row('too many arguments', [['GET a b', "-ERR wrong number of arguments for 'get' command"]]),
  row('the time to live of a missing key', [['TTL none', -2]]),
  row('the time to live of a lasting key', [
    ['SET k v', 'OK'],
    ['TTL k', -1],
  ]),
  row('a time to live', [
    ['SETEX k 100 v', 'OK'],
    ['TTL k', 100],
  ]),
  row('a time to live is removed', [
    ['SETEX k 100 v', 'OK'],
    ['PERSIST k', 1],
  ]),
  row('expiring in the past deletes', [
    ['SET k v', 'OK'],
    ['EXPIRE k -1', 1],
    ['EXISTS k', 0],
  ]),
  row('expiring with a condition', [
    ['SET k v', 'OK'],
    ['EXPIRE k 100 XX', 0],
  ]),
  row('expiring a missing key', [['EXPIRE none 100', 0]]),
  row('keys are deleted', [
    ['MSET a 1 b 2', 'OK'],
    ['DEL a b none', 2],
  ]),
  row('keys exist, also twice', [
    ['SET a 1', 'OK'],
    ['EXISTS a a none', 2],
  ]),
  row('a number is counted', [
    ['SET n 5', 'OK'],
    ['INCR n', 6],
  ]),
  row('a missing number is counted', [['INCRBY n 5', 5]]),
  row('a text is not counted', [
    ['SET k v', 'OK'],
    ['INCR k', '-ERR value is not an integer or out of range'],
  ]),
  row('beyond 64 bits', [
    ['SET n 9223372036854775807', 'OK'],
    ['INCR n', '-ERR increment or decrement would overflow'],
  ]),
  row('a fraction is added', [
    ['SET n 10.5', 'OK'],
    ['INCRBYFLOAT n 0.1', '10.6'],
  ]),
  row('a text is appended', [
    ['SET k ab', 'OK'],
    ['APPEND k cd', 4],
  ]),
  row('a part of a text', [
    ['SET k abcdef', 'OK'],
    ['GETRANGE k -3 -1', 'def'],
  ]),
  row('a part is overwritten', [
    ['SET k abc', 'OK'],
    ['SETRANGE k 5 x', 6],
    ['GET k', 'abc\u0000\u0000x'],
  ]),
  row('read and delete', [
    ['SET k v', 'OK'],
    ['GETDEL k', 'v'],
  ]),
  row('several are read', [
    ['MSET a 1 b 2', 'OK'],
    ['MGET a none b', ['1', null, '2']],
  ]),
  row('a type', [
    ['HSET h f v', 1],
    ['TYPE h', 'hash'],
  ]),
  row('a hash is written', [['HSET h f v g w', 2]]),
  row('a hash is read', [
    ['HSET h f v g w', 2],
    ['HGETALL h', ['f', 'v', 'g', 'w']],
  ]),
  row('a missing hash', [['HGETALL none', []]]),
  row('fields of a hash', [
    ['HSET h f v', 1],
    ['HMGET h f none', ['v', null]],
  ]),
  row('a hash without a value', [['HSET h f', "-ERR wrong number of arguments for 'hset' command"]]),
  row('a field is counted', [
    ['HSET h n 5', 1],
    ['HINCRBY h n 2', 7],
  ]),
  row('a field that is no number', [
    ['HSET h n x', 1],
    ['HINCRBY h n 2', '-ERR hash value is not an integer'],
  ]),
  row('a hash where a text is', [
    ['SET k v', 'OK'],
    ['HSET k f v', '-WRONGTYPE Operation against a key holding the wrong kind of value'],
  ]),
  row('a text where a hash is', [
    ['HSET h f v', 1],
    ['GET h', '-WRONGTYPE Operation against a key holding the wrong kind of value'],
  ]),
  row('a hash without fields is gone', [
    ['HSET h f v', 1],
    ['HDEL h f', 1],
    ['EXISTS h', 0],
  ]),
  row('a list', [
    ['RPUSH l a b c', 3],
    ['LRANGE l 0 -1', ['a', 'b', 'c']],
  ]),
  row('a list from both ends', [
    ['LPUSH l a b', 2],
    ['RPOP l', 'a'],
  ]),
  row('several are popped', [
    ['RPUSH l a b c', 3],
    ['LPOP l 2', ['a', 'b']],
  ]),
  row('an index beyond a list', [
    ['RPUSH l a', 1],
    ['LSET l 5 x', '-ERR index out of range'],
  ]),
  row('a list is trimmed', [
    ['RPUSH l a b c', 3],
    ['LTRIM l 1 -1', 'OK'],
    ['LRANGE l 0 -1', ['b', 'c']],
  ]),
  row('a set', [['SADD s a b a', 2]]),
  row('a member', [
    ['SADD s a', 1],
    ['SISMEMBER s a', 1],
  ]),
  row('members are removed', [
    ['SADD s a', 1],
    ['SREM s a b', 1],
  ]),
  row('a sorted set', [
    ['ZADD z 2 b 1 a', 2],
    ['ZRANGE z 0 -1 WITHSCORES', ['a', '1', 'b', '2']],
  ]),
  row('a score', [
    ['ZADD z 1.5 a', 1],
    ['ZSCORE z a', '1.5'],
  ]),
  row('a score in words', [['ZADD z x a', '-ERR value is not a valid float']]),
  row('a range of scores', [
    ['ZADD z 1 a 2 b 3 c', 3],
    ['ZRANGEBYSCORE z (1 3', ['b', 'c']],
  ]),
  row('a range by score in reverse', [
    ['ZADD z 1 a 2 b', 2],
    ['ZRANGE z 3 1 BYSCORE REV', ['b', 'a']],
  ]),
  row('a position is stored', [['GEOADD g 13.361389 38.115556 p', 1]]),
  row('a position is read', [
    ['GEOADD g 13.361389 38.115556 p', 1],
    ['GEOPOS g p', [[13.361389338970184, 38.1155563954963]]],
  ]),
  row('a position off the map', [['GEOADD g 200 38 p', '-ERR invalid longitude,latitude pair 200.000000,38.000000']]),
  row('a distance', [
    ['GEOADD g 13.361389 38.115556 p 15.087269 37.502669 c', 2],
    ['GEODIST g p c km', '166.2742'],
  ]),
  row('positions nearby', [
    ['GEOADD g 13.361389 38.115556 p', 1],
    ['GEOSEARCH g FROMLONLAT 15 37 BYRADIUS 200 km ASC', ['p']],
  ]),
  row('a stream with an id', [['XADD x 1-1 f v', '1-1']]),
  row('a stream with an older id', [
    ['XADD x 2-1 f v', '2-1'],
    ['XADD x 1-1 f v', '-ERR The ID specified in XADD is equal or smaller than the target stream top item'],
  ]),
  row('a stream is read', [
    ['XADD x 1-1 f v', '1-1'],
    ['XRANGE x - +', [['1-1', ['f', 'v']]]],
  ]),
  row('the length of a stream', [
    ['XADD x 1-1 f v', '1-1'],
    ['XLEN x', 1],
  ]),
  row('a group of a missing stream', [
    [
      'XGROUP CREATE none g $',
      '-ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to use the MKSTREAM option to create an empty stream automatically.',
    ],
  ]),
  row('keys by pattern', [
    ['MSET aa 1 ab 2 b 3', 'OK'],
    ['DEL aa', 1],
    ['KEYS a*', ['ab']],
  ]),
  row('keys by cursor', [
    ['SET k v', 'OK'],
    ['SCAN 0', ['0', ['k']]],
  ]),
  row('a cursor in words', [['SCAN x', '-ERR invalid cursor']]),
  row('a key is renamed', [
    ['SET k v', 'OK'],
    ['RENAME k w', 'OK'],
    ['GET w', 'v'],
  ]),
  row('a missing key is renamed', [['RENAME none w', '-ERR no such key']]),
  row('a key is copied', [
    ['SET k v', 'OK'],
    ['COPY k w', 1],
  ]),
  row('the size of a database', [
    ['SET k v', 'OK'],
    ['DBSIZE', 1],
  ]),
  row('another database', [
    ['SELECT 1', 'OK'],
    ['DBSIZE', 0],
  ]),
  row('a database that is not there', [['SELECT 99', '-ERR DB index is out of range']]),
  row('a ping', [['PING', 'PONG']]),
  row('a ping with text', [['PING hello', 'hello']]),
  row('an echo', [['ECHO hello', 'hello']]),
  row('an unknown command', [['NONSENSE a b', "-ERR unknown command 'NONSENSE', with args beginning with: 'a' 'b' "]]),
  row('an unknown command without arguments', [['NONSENSE', "-ERR unknown command 'NONSENSE', with args beginning with: "]]),
  row('an unknown subcommand', [['CLIENT NONSENSE', "-ERR unknown subcommand 'NONSENSE'. Try CLIENT HELP."]]),
  row('a command of a later Redis', [
    ['HEXPIRE h 10 FIELDS 1 f', "-ERR unknown command 'HEXPIRE', with args beginning with: 'h' '10' 'FIELDS' '1' 'f' "],
  ]),
  row('a set of a later Redis', [['SET k v IFEQ x', '-ERR syntax error']]),
  row('an unknown protocol', [['HELLO 9', '-NOPROTO unsupported protocol version']]),
  row('the version by hello', [
    [
      'HELLO 2',
      ['server', 'redis', 'version', '7.0.15', 'proto', 2, 'id', 'mode', 'standalone', 'role', 'master', 'modules', []],
    ],
  ]),
  row('the version by info', [['INFO server', 'redis_version:7.0.15']]),
  row('the name of a client', [
    ['CLIENT SETNAME me', 'OK'],
    ['CLIENT GETNAME', 'me'],
  ]),
  row('what a later client says of itself', [
    ['CLIENT SETINFO LIB-NAME x', "-ERR unknown subcommand 'SETINFO'. Try CLIENT HELP."],
  ]),
  row('the reply of a transaction', [
    ['MULTI', 'OK'],
    ['SET k v', 'QUEUED'],
    ['INCR k', 'QUEUED'],
    ['GET k', 'QUEUED'],
    ['EXEC', ['OK', '-ERR value is not an integer or out of range', 'v']],
  ]),
  row('a command is queued', [
    ['MULTI', 'OK'],
    ['SET k v', 'QUEUED'],
  ]),
  row('a transaction with an unknown command', [
    ['MULTI', 'OK'],
    ['NONSENSE', "-ERR unknown command 'NONSENSE', with args beginning with: "],
    ['EXEC', '-EXECABORT Transaction discarded because of previous errors.'],
  ]),
  row('the end of no transaction', [['EXEC', '-ERR EXEC without MULTI']]),
  row('a transaction in a transaction', [
    ['MULTI', 'OK'],
    ['MULTI', '-ERR MULTI calls can not be nested'],
  ]),
  row('a watched key that changed', [
    ['WATCH k', 'OK'],
    ['SET k v', 'OK'],
    ['MULTI', 'OK'],
    ['GET k', 'QUEUED'],
    ['EXEC', null],
  ]),
  row('a publication without subscribers', [['PUBLISH c hello', 0]]),
  row('a subscription', [['SUBSCRIBE c', ['subscribe', 'c', 1]]]),
  row('another command while subscribed', [
    ['SUBSCRIBE c', ['subscribe', 'c', 1]],
    [
      'GET k',
      "-ERR Can't execute 'get': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context",
    ],
  ]),
  row('a script', [['EVAL return{1,2,ARGV[1]} 0 x', [1, 2, 'x']]]),
  row('a script that calls', [['EVAL return(redis.call("SET",KEYS[1],"v")) 1 k', 'OK']]),
  row('a script that fails', [
    ['EVAL return(redis.call("INCR",KEYS[1])) 1', "-ERR Number of keys can't be greater than number of args"],
  ]),
  row('a script by an unknown hash', [
    ['EVALSHA 0000000000000000000000000000000000000000 0', '-NOSCRIPT No matching script. Please use EVAL.'],
  ]),
  row('a setting', [['CONFIG GET maxmemory-policy', ['maxmemory-policy', 'noeviction']]]),
  row('an unknown setting', [
    ['CONFIG SET nonsense 1', "-ERR Unknown option or number of arguments for CONFIG SET - 'nonsense'"],
  ]),
  row('bits', [
    ['SETBIT b 7 1', 0],
    ['BITCOUNT b', 1],
  ]),
  row('an estimate of different values', [
    ['PFADD p a b c a', 1],
    ['PFCOUNT p', 3],
  ]),
  row('the encoding of a value', [
    ['SET k 5', 'OK'],
    ['OBJECT ENCODING k', 'int'],
  ]),
  row('sorting', [
    ['RPUSH l 3 1 2', 3],
    ['SORT l', ['1', '2', '3']],
  ]),
  row('sorting words as numbers', [
    ['RPUSH l a', 1],
    ['SORT l', "-ERR One or more scores can't be converted into double"],
  ]),
  row('waiting for replicas', [['WAIT 0 100', 0]]),
  row('the role of the server', [['ROLE', ['master', 0, []]]]),
  row('memory of a key', [['MEMORY USAGE none', null]]),
  row('a dump of nothing', [['DUMP none', null]]),
  row('saving now', [['LASTSAVE extra', "-ERR wrong number of arguments for 'lastsave' command"]]),
  row('swapping databases', [
    ['SET k v', 'OK'],
    ['SWAPDB 0 1', 'OK'],
    ['EXISTS k', 0],
  ]),
  row('deleting everything', [
    ['SET k v', 'OK'],
    ['FLUSHALL', 'OK'],
    ['DBSIZE', 0],
  ]),
  row('a cluster where there is none', [['CLUSTER INFO', '-ERR This instance has cluster support disabled']]),
  row('functions', [['FUNCTION LIST', []]]),
  row('a number of commands', [['COMMAND COUNT extra', "-ERR wrong number of arguments for 'command|count' command"]]),
  row('debugging', [
    [
      'DEBUG SLEEP 0',
      '-ERR DEBUG command not allowed. If the enable-debug-command option is set to "local", you can run it from a local connection, otherwise you need to set this option in the configuration file, and then restart the server.',
    ],
  ]),
  row('a module', [['MODULE LIST', []]]),
  row('latency', [['LATENCY LATEST', []]]),
  row('slow commands', [['SLOWLOG LEN', 0]]),
  row('users', [['ACL WHOAMI', 'default']]),
  row('an unknown category', [['ACL CAT nonsense', "-ERR Unknown category 'nonsense'"]]),
]

/** What differs between two servers of the same version is left out, and decimals are compared as numbers. */
export function shownOf(line: string, response: Response): Response {
  if (line === 'INFO server') return /redis_version:\S+/.exec(String(response))?.[0] ?? 'no version'
  if (line.startsWith('HELLO') && Array.isArray(response)) return response.filter((_one, at) => response[at - 1] !== 'id')
  return rounded(response)
}

function rounded(response: Response): Response {
  if (Array.isArray(response)) return response.map(rounded)
  return typeof response === 'string' && /^-?\d+\.\d{12,}$/.test(response) ? Number(response) : response
}
