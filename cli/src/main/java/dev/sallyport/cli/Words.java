package dev.sallyport.cli;

import dev.sallyport.cli.logging.LogLevel;
import dev.sallyport.cors.Enforcement;
import dev.sallyport.doctor.Server;
import dev.sallyport.embed.Crossorigin;
import dev.sallyport.embed.Embedding;
import dev.sallyport.fetch.AddressSpace;
import dev.sallyport.fetch.Api;
import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.RedirectMode;
import dev.sallyport.fetch.RequestMode;
import dev.sallyport.gateway.config.Transport;
import dev.sallyport.origin.Printable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/**
 * The values of an enumeration as one types them: {@code io_uring} for {@code IO_URING}.
 *
 * @param <E> the enumeration
 */
abstract class Words<E extends Enum<E>> implements Iterable<String> {
  private final Class<E> type;
  private final Function<E, String> word;

  private Words(Class<E> type) {
    this(type, value -> value.name().toLowerCase(Locale.ROOT));
  }

  private Words(Class<E> type, Function<E, String> word) {
    this.type = type;
    this.word = word;
  }

  /** Those of {@code sallyport completion}. */
  static final class OfShell extends Words<Shell> {
    OfShell() {
      super(Shell.class);
    }
  }

  /** Those of {@code --enforce}. */
  static final class OfEnforcement extends Words<Enforcement> {
    OfEnforcement() {
      super(Enforcement.class, Enforcement::keyword);
    }
  }

  /** Those of {@code --transport}. */
  static final class OfTransport extends Words<Transport> {
    OfTransport() {
      super(Transport.class);
    }
  }

  /** Those of {@code --log-level}. */
  static final class OfLogLevel extends Words<LogLevel> {
    OfLogLevel() {
      super(LogLevel.class);
    }
  }

  /** Those of {@code --browser}. */
  static final class OfProfile extends Words<Profile> {
    OfProfile() {
      super(Profile.class);
    }
  }

  /** Those of {@code --page-address-space}. */
  static final class OfAddressSpace extends Words<AddressSpace> {
    OfAddressSpace() {
      super(AddressSpace.class, AddressSpace::keyword);
    }
  }

  /** Those of {@code --server}. */
  static final class OfServer extends Words<Server> {
    OfServer() {
      super(Server.class);
    }
  }

  /** Those of {@code --mode} that a script can ask for. */
  static final class OfMode extends Words<RequestMode> {
    OfMode() {
      super(RequestMode.class, RequestMode::keyword);
    }
  }

  /** Those of {@code --credentials}. */
  static final class OfCredentials extends Words<CredentialsMode> {
    OfCredentials() {
      super(CredentialsMode.class, CredentialsMode::keyword);
    }
  }

  /** Those of {@code --api}. */
  static final class OfApi extends Words<Api> {
    OfApi() {
      super(Api.class, Api::keyword);
    }
  }

  /** Those of {@code --redirect}. */
  static final class OfRedirect extends Words<RedirectMode> {
    OfRedirect() {
      super(RedirectMode.class, RedirectMode::keyword);
    }
  }

  /** Those of {@code --embed}. */
  static final class OfEmbedding extends Words<Embedding> {
    OfEmbedding() {
      super(Embedding.class, Embedding::keyword);
    }
  }

  /** Those of {@code --crossorigin}. */
  static final class OfCrossorigin extends Words<Crossorigin> {
    OfCrossorigin() {
      super(Crossorigin.class, Crossorigin::keyword);
    }
  }

  /** Lets {@code command} read those that no other part reads. */
  static void register(CommandLine command) {
    new OfProfile().registerAt(command);
    new OfServer().registerAt(command);
    new OfAddressSpace().registerAt(command);
    new OfMode().registerAt(command);
    new OfCredentials().registerAt(command);
    new OfApi().registerAt(command);
    new OfRedirect().registerAt(command);
    new OfEmbedding().registerAt(command);
    new OfCrossorigin().registerAt(command);
    new OfShell().registerAt(command);
    new OfLogLevel().registerAt(command);
  }

  final void registerAt(CommandLine command) {
    command.registerConverter(type, this::read);
  }

  private E read(String typed) {
    for (E value : type.getEnumConstants()) {
      if (word.apply(value).equals(typed)) {
        return value;
      }
    }
    throw new TypeConversionException(
        "\"" + Printable.of(typed) + "\" is none of " + String.join(", ", all()));
  }

  private List<String> all() {
    return Arrays.stream(type.getEnumConstants()).map(word).toList();
  }

  @Override
  public Iterator<String> iterator() {
    return all().iterator();
  }
}
