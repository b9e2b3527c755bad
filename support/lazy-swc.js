const swc = require('@swc/core')

/**
 * What ts-node compiles with (see tsconfig.json): swc, told to load a package only when something of it is first used. Every step file
 * is loaded in every run; the libraries of services that nobody chose are not.
 */
module.exports = {
  ...swc,
  transformSync: (code, options) =>
    swc.transformSync(code, { ...options, module: options.module && { ...options.module, lazy: true } }),
}
