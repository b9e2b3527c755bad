/** One table as the query language sees it. */
export interface Table {
  /** The table or view of the database it reads. */
  source: string
  primaryKey: string
  /** Readable fields with the default for a missing value; undefined where there is none. */
  fields: Readonly<Record<string, unknown>>
  /** Fields a user may set. */
  writable: ReadonlySet<string>
  /** Columns of JSON whose parts are merged when set. */
  maps: ReadonlySet<string>
}

const none = undefined

const EDITOR_SETTINGS = {
  strip_trailing_whitespace: false,
  show_trailing_whitespace: false,
  line_wrapping: true,
  line_numbers: true,
  smart_indent: true,
  electric_chars: true,
  match_brackets: true,
  auto_close_brackets: true,
  code_folding: true,
  match_xml_tags: true,
  auto_close_xml_tags: true,
  spaces_instead_of_tabs: true,
  multiple_cursors: true,
  track_revisions: true,
  first_line_number: 1,
  indent_unit: 4,
  tab_size: 4,
  bindings: 'standard',
  theme: 'default',
}

/** The fields of CoCalc's accounts schema, without the ones that a site adds. */
const OTHER_SETTINGS = {
  katex: true,
  confirm_close: false,
  mask_files: true,
  dim_file_extensions: false,
  page_size: 500,
  standby_timeout_m: 15,
  default_file_sort: 'name',
  show_global_info2: null,
  first_steps: true,
  newsletter: false,
  time_ago_absolute: false,
  no_free_warnings: false,
  allow_mentions: true,
  dark_mode: false,
  dark_mode_brightness: 100,
  dark_mode_contrast: 90,
  dark_mode_sepia: 0,
  news_read_until: 0,
  hide_project_popovers: false,
  hide_file_popovers: false,
  hide_button_tooltips: false,
  no_email_new_messages: false,
  use_balance_toward_subscriptions: true,
  show_symbol_bar_labels: false,
  hide_navbar_balance: false,
}

const ACCOUNT_FIELDS: Readonly<Record<string, unknown>> = {
  account_id: none,
  email_address: none,
  org: none,
  name: none,
  first_name: '',
  last_name: '',
  created: none,
  last_active: none,
  ephemeral: none,
  groups: [],
  profile: { color: 'rgb(170,170,170)' },
  customize: none,
  tags: none,
  tours: none,
  unlisted: false,
  autosave: 45,
  evaluate_key: 'Shift-Enter',
  font_size: 14,
  terminal: { font_size: 14, color_scheme: 'cocalc-light', font: 'monospace' },
  editor_settings: EDITOR_SETTINGS,
  other_settings: OTHER_SETTINGS,
  ssh_keys: {},
  passports: {},
}

const ACCOUNT_MONEY =
  'email_address_verified email_address_problem email_daily_statements unread_message_count balance balance_alert min_balance auto_balance purchase_closing_day lti_id coupon_history stripe_customer stripe_checkout_session stripe_usage_subscription'

const ACCOUNT_WRITABLE =
  'name first_name last_name editor_settings other_settings terminal autosave evaluate_key font_size profile ssh_keys sign_up_usage_intent unlisted tags tours email_daily_statements auto_balance'

const PROJECT_FIELDS: Readonly<Record<string, unknown>> = {
  title: '',
  description: '',
  users: {},
  settings: {
    disk_quota: 3000,
    cores: 1,
    cpu_shares: 0,
    memory: 1000,
    memory_request: 0,
    mintime: 1800,
    network: 0,
    member_host: 0,
    ephemeral_state: 0,
    ephemeral_disk: 0,
    always_running: 0,
  },
  compute_image: 'default',
}

const PROJECT_PLAIN =
  'project_id name invite invite_requests deleted host run_quota site_license status state manage_users_owner_only secret_token last_edited last_active action_request course created ephemeral env sandbox avatar_image_tiny color pay_as_you_go_quotas'

const PROJECT_WRITABLE =
  'title name description deleted invite_requests users manage_users_owner_only action_request compute_image site_license env sandbox avatar_image_tiny avatar_image_full color'

const MESSAGE_FIELDS = 'id sent from_id to_ids subject body thread_id read saved starred liked deleted expire'

const words = (text: string): string[] => text.split(' ')
const fieldsOf = (text: string): Record<string, unknown> => Object.fromEntries(words(text).map((name) => [name, none]))

const projects: Table = {
  source: 'projects',
  primaryKey: 'project_id',
  fields: { ...PROJECT_FIELDS, ...fieldsOf(PROJECT_PLAIN) },
  writable: new Set(words(PROJECT_WRITABLE)),
  maps: new Set(['users', 'invite_requests', 'site_license', 'env', 'course']),
}

const messages: Table = {
  source: 'messages',
  primaryKey: 'id',
  fields: fieldsOf(MESSAGE_FIELDS),
  writable: new Set(),
  maps: new Set(),
}

/** Tables by the name a query gives them. */
export const TABLES: Readonly<Record<string, Table>> = {
  accounts: {
    source: 'accounts',
    primaryKey: 'account_id',
    fields: { ...ACCOUNT_FIELDS, ...fieldsOf(ACCOUNT_MONEY) },
    writable: new Set(words(ACCOUNT_WRITABLE)),
    maps: new Set(['profile', 'editor_settings', 'other_settings', 'terminal', 'ssh_keys', 'auto_balance']),
  },
  projects,
  projects_all: { ...projects, writable: new Set() },
  messages,
  sent_messages: messages,
}
