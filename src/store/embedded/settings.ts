/**
 * What PostgreSQL is told at every start, on its command line, over whatever its files say: a Gundo that is newer than
 * the cluster brings its settings with it. Nothing here is secret. README.md gives the reason for each.
 */
export const privacySettings = {
  fsync: "on",
  full_page_writes: "on",
  synchronous_commit: "on",

  wal_level: "minimal",
  max_wal_senders: "0",
  max_replication_slots: "0",
  max_logical_replication_workers: "0",
  archive_mode: "off",
  summarize_wal: "off",
  wal_recycle: "off",
  min_wal_size: "2MB",
  max_wal_size: "64MB",
  checkpoint_timeout: "5min",
  archive_timeout: "30min",

  track_activities: "off",
  track_commit_timestamp: "off",
  track_functions: "none",
  track_io_timing: "off",
  track_wal_io_timing: "off",
  compute_query_id: "off",
  update_process_title: "off",
  autovacuum: "on",

  logging_collector: "off",
  log_destination: "stderr",
  log_min_messages: "fatal",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_statement: "none",
  log_duration: "off",
  log_min_duration_statement: "-1",
  log_min_duration_sample: "-1",
  log_transaction_sample_rate: "0",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
  log_connections: "",
  log_disconnections: "off",
  log_checkpoints: "off",
  log_lock_waits: "off",
  log_temp_files: "-1",
  log_autovacuum_min_duration: "-1",
  client_min_messages: "error",
} as const;

/** Small, quiet, and without shared memory segments that a container may refuse. */
const sizeSettings = { io_method: "sync", max_parallel_workers_per_gather: "0", jit: "off" } as const;

/** `-c name=value` for each. */
export function settingArguments(settings: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** The arguments of a server that listens on a socket in `directory` and nowhere else. */
export function serverArguments(cluster: string, directory: string): readonly string[] {
  const listen = { listen_addresses: "", unix_socket_directories: quoted(directory), unix_socket_permissions: "0700" };
  return ["-D", cluster, ...settingArguments({ ...privacySettings, ...sizeSettings, ...listen })];
}

// The setting is a list: a comma or a space in a path would divide it.
function quoted(path: string): string {
  return `"${path.replaceAll('"', '""')}"`;
}
