/** picocli, compiled from its released sources. */
module info.picocli {
  requires static java.sql;

  exports picocli;
}
