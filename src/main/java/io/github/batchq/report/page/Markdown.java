package io.github.batchq.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of Markdown that batchq writes: headings, paragraphs, lists, tables, code, emphasis,
 * links and pictures. Anything else is text.
 */
final class Markdown {
  private static final Pattern HEADING = Pattern.compile("(#{1,5}) +(.*)");
  private static final Pattern PICTURE = Pattern.compile("!\\[([^]]*)]\\(([^)\\s]+)\\)");
  private static final Pattern ITEM = Pattern.compile("[-*] +(.*)");
  private static final Pattern RULE = Pattern.compile("\\|?( *:?-+:? *\\|)+ *(:?-+:? *)?");

  /** Nothing that runs: a name beside the page, a place in it, or a page of the web. */
  private static final Pattern LINK =
      Pattern.compile("\\[([^]]+)]\\(((?:https?://|#)?[^):\\s]+)\\)");

  private final UnaryOperator<String> picture;
  private final StringBuilder html = new StringBuilder();

  private Markdown(UnaryOperator<String> picture) {
    this.picture = picture;
  }

  /**
   * A page as HTML. Its headings begin below those of the page that it becomes part of.
   *
   * @param picture what stands for the picture of a file of that name
   */
  static String html(String markdown, UnaryOperator<String> picture) {
    Markdown page = new Markdown(picture);
    List<String> block = new ArrayList<>();
    boolean fenced = false;
    for (String line : (markdown + "\n\n").lines().toList()) {
      if (line.startsWith("```")) {
        if (fenced) {
          page.code(block);
        } else {
          page.block(block);
        }
        block.clear();
        fenced = !fenced;
      } else if (fenced) {
        block.add(line);
      } else if (line.isBlank() || HEADING.matcher(line).matches()) {
        page.block(block);
        block.clear();
        page.heading(line);
      } else {
        block.add(line);
      }
    }
    page.block(block);
    return page.html.toString();
  }

  private void heading(String line) {
    Matcher heading = HEADING.matcher(line);
    if (heading.matches()) {
      String name = "h" + Math.min(6, heading.group(1).length() + 2);
      html.append('<').append(name).append('>').append(inline(heading.group(2)));
      html.append("</").append(name).append(">\n");
    }
  }

  private void block(List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    String all = String.join(" ", lines);
    if (PICTURE.matcher(all).replaceAll("").isBlank()) {
      PICTURE.matcher(all).results().forEach(one -> html.append(picture.apply(one.group(2))));
    } else if (lines.stream().allMatch(line -> line.startsWith("    "))) {
      code(lines.stream().map(line -> line.substring(4)).toList());
    } else if (lines.size() > 1 && RULE.matcher(lines.get(1).strip()).matches()) {
      table(lines);
    } else if (ITEM.matcher(lines.get(0)).matches()) {
      list(lines);
    } else {
      html.append("<p>").append(inline(all)).append("</p>\n");
    }
  }

  private void code(List<String> lines) {
    html.append("<pre>").append(Html.text(String.join("\n", lines))).append("</pre>\n");
  }

  private void list(List<String> lines) {
    List<String> items = new ArrayList<>();
    for (String line : lines) {
      Matcher item = ITEM.matcher(line);
      if (item.matches()) {
        items.add(item.group(1));
      } else {
        items.set(items.size() - 1, items.get(items.size() - 1) + " " + line.strip());
      }
    }
    html.append("<ul>\n");
    items.forEach(item -> html.append("<li>").append(inline(item)).append("</li>\n"));
    html.append("</ul>\n");
  }

  private void table(List<String> lines) {
    html.append("<div class=\"scroll\"><table>\n<thead><tr>");
    cells(lines.get(0)).forEach(cell -> html.append("<th scope=\"col\">" + inline(cell) + "</th>"));
    html.append("</tr></thead>\n<tbody>\n");
    for (String line : lines.subList(2, lines.size())) {
      html.append("<tr>");
      cells(line).forEach(cell -> html.append("<td>").append(inline(cell)).append("</td>"));
      html.append("</tr>\n");
    }
    html.append("</tbody></table></div>\n");
  }

  private static List<String> cells(String line) {
    String inner = line.strip().replaceFirst("^\\|", "").replaceFirst("(?<!\\\\)\\|$", "");
    List<String> cells = new ArrayList<>();
    for (String cell : inner.split("(?<!\\\\)\\|", -1)) {
      cells.add(cell.strip().replace("\\|", "|"));
    }
    return cells;
  }

  /** Code first, whose content is nothing but text. */
  private static String inline(String text) {
    StringBuilder inline = new StringBuilder();
    String[] parts = text.split("`", -1);
    boolean closed = parts.length % 2 == 1;
    for (int part = 0; part < parts.length; part++) {
      boolean code = part % 2 == 1 && (closed || part < parts.length - 1);
      if (code) {
        inline.append(Html.element("code", parts[part]));
      } else {
        inline.append(part % 2 == 1 ? "`" : "").append(spoken(parts[part]));
      }
    }
    return inline.toString();
  }

  private static String spoken(String text) {
    String escaped = Html.text(text);
    escaped = PICTURE.matcher(escaped).replaceAll("<em>$1</em>");
    escaped = LINK.matcher(escaped).replaceAll("<a href=\"$2\">$1</a>");
    escaped = escaped.replaceAll("\\*\\*([^*]+)\\*\\*", "<strong>$1</strong>");
    return escaped.replaceAll("(?<![\\w*])\\*([^*\\s][^*]*)\\*(?![\\w*])", "<em>$1</em>");
  }
}
