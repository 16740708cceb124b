package io.github.batchq.file.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.zip.ZipException;

/** Why a file cannot be read or written, in words of the field in place of names of classes. */
public final class FileReason {
  private FileReason() {}

  /** The reason, as the end of a sentence. */
  public static String of(IOException e) {
    if (e instanceof CharacterCodingException) {
      return "it is not text in UTF-8";
    }
    if (e instanceof EOFException) {
      return "its gzip data is cut short";
    }
    if (e instanceof ZipException) {
      return "its gzip data is corrupt (" + e.getMessage() + ")";
    }
    if (!(e instanceof FileSystemException failure)) {
      return e.getMessage() == null ? "the system does not say why" : e.getMessage();
    }
    if (failure.getReason() != null) {
      return failure.getReason();
    }
    String file = String.valueOf(failure.getFile());
    if (failure instanceof AccessDeniedException) {
      return "permission denied for " + file;
    }
    if (failure instanceof NoSuchFileException) {
      return file + " is not there";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return file + " is in its place";
    }
    return failure instanceof FileSystemLoopException
        ? file + " is a link that leads to itself"
        : file + " is not accessible";
  }
}
