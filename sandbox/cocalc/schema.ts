const ACCOUNTS = `
CREATE TABLE accounts (
  account_id uuid PRIMARY KEY, email_address varchar(254) UNIQUE, first_name varchar(254), last_name varchar(254),
  name varchar(39), org text, "groups" text[], owner_id uuid, password_hash varchar(173), api_key text UNIQUE,
  created timestamp, created_by inet, last_active timestamp, creation_actions_done boolean, deleted boolean, banned boolean,
  unlisted boolean, ephemeral integer, profile jsonb, customize jsonb, tags text[], tours text[], autosave integer,
  evaluate_key text, font_size integer, terminal jsonb, editor_settings jsonb, other_settings jsonb, ssh_keys jsonb,
  passports jsonb, email_address_verified jsonb, email_address_problem jsonb, email_daily_statements boolean,
  unread_message_count integer, balance real, balance_alert boolean, min_balance real, auto_balance jsonb,
  purchase_closing_day integer, lti_id text[], coupon_history jsonb, stripe_customer jsonb, stripe_checkout_session jsonb,
  stripe_usage_subscription text, sign_up_usage_intent text
);
CREATE UNIQUE INDEX accounts_lower_name__unique_idx ON accounts (lower(name));`

const PROJECTS = `
CREATE TABLE projects (
  project_id uuid PRIMARY KEY, name varchar(100), title text, description text, users jsonb, invite jsonb,
  invite_requests jsonb, deleted boolean, host jsonb, settings jsonb, run_quota jsonb, site_license jsonb, status jsonb,
  state jsonb, manage_users_owner_only boolean, secret_token varchar(256), last_edited timestamp, last_active jsonb,
  action_request jsonb, course jsonb, compute_image text, created timestamp, ephemeral integer, env jsonb, sandbox boolean,
  avatar_image_tiny text, avatar_image_full text, color text, pay_as_you_go_quotas jsonb
);
CREATE INDEX projects_users_idx ON projects USING gin (users);
CREATE TABLE project_invite_tokens (
  token varchar(20) PRIMARY KEY, project_id uuid, created timestamp, expires timestamp, usage_limit integer, counter integer
);
CREATE TABLE project_log (id uuid PRIMARY KEY, project_id uuid, account_id uuid, "time" timestamp, event jsonb);`

const REST = `
CREATE TABLE organizations (
  organization_id uuid PRIMARY KEY, name varchar(39), title varchar(254), description varchar(254), link varchar(254),
  email_address varchar(254), admin_account_ids uuid[], users jsonb, invitations jsonb, profile jsonb, created timestamp,
  deleted boolean, api_key text
);
CREATE UNIQUE INDEX organizations_lower_name__unique_idx ON organizations (lower(name));
CREATE TABLE messages (
  id serial PRIMARY KEY, from_id uuid NOT NULL, to_ids uuid[] NOT NULL, subject text NOT NULL, body text NOT NULL,
  sent timestamp, thread_id double precision, read bit varying, saved bit varying, starred bit varying, liked bit varying,
  deleted bit varying, expire bit varying
);
CREATE TABLE api_keys (
  id serial PRIMARY KEY, account_id uuid, project_id uuid, hash varchar(173), name varchar(128), trunc varchar(16),
  created timestamp, expire timestamp, last_active timestamp
);
CREATE TABLE auth_tokens (
  auth_token char(24) PRIMARY KEY, account_id uuid, created_by uuid, created timestamp, expire timestamp, is_admin boolean
);
CREATE TABLE central_log (id uuid PRIMARY KEY, event text, value jsonb, "time" timestamp, expire timestamp);
CREATE TABLE jupyter_api_log (
  id serial PRIMARY KEY, created timestamp, hash varchar(40), account_id uuid, project_id uuid, path text,
  kernel text, history text[], input text, tag text, total_time_s real
);
CREATE TABLE jupyter_api_cache (
  id serial PRIMARY KEY, hash varchar(40) UNIQUE, created timestamp, last_active timestamp, count integer, output jsonb[]
);`

/** Maps are merged part by part, within the statement that stores them, so that of two concurrent writes none is lost. */
const MERGE = `
CREATE FUNCTION jsonb_merge(one jsonb, other jsonb) RETURNS jsonb LANGUAGE sql AS $$
  SELECT CASE WHEN jsonb_typeof(one) = 'object' AND jsonb_typeof(other) = 'object' THEN (
    SELECT coalesce(jsonb_object_agg(coalesce(a.key, b.key),
      CASE WHEN b.key IS NULL THEN a.value WHEN a.key IS NULL THEN b.value ELSE jsonb_merge(a.value, b.value) END), '{}')
    FROM jsonb_each(one) AS a FULL JOIN jsonb_each(other) AS b ON a.key = b.key
  ) ELSE other END
$$;`

/** The tables of CoCalc's database that its API and the clean-up of a test run touch. */
export const SCHEMA = `${ACCOUNTS}${PROJECTS}${REST}${MERGE}`
