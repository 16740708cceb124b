package io.github.batchq.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.ResultTable;
import io.github.batchq.results.StoredTable;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Report pages in a real browser. Skipped where there is none: {@code apt-get install chromium
 * chromium-driver}.
 */
@Tag("long")
class ReportBrowserTest {
  private static final Path RIVALS = Path.of("results/rivals/phi-steps");

  /** What a page of 20 policies at 12 rates in 4 metrics may take until it is ready. */
  private static final double READY_MILLIS = 3000;

  @TempDir static Path folder;

  /** Kept, or its level would be forgotten: no client for the newest browser's own protocol. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private static ChromeDriver browser;

  @BeforeAll
  static void open() {
    SELENIUM.setLevel(Level.SEVERE);
    Optional<Path> chromium = program("chromium", "chromium-browser", "google-chrome");
    Optional<Path> driver = program("chromedriver");
    Assumptions.assumeTrue(
        chromium.isPresent() && driver.isPresent(),
        "no browser to open report pages with: apt-get install chromium chromium-driver");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.orElseThrow().toFile());
    // Root has no sandbox, and containers have little shared memory.
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
    options.addArguments("--user-data-dir=" + folder.resolve("profile"));
    options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.orElseThrow().toFile())
            .withSilent(true)
            .build();
    browser = new ChromeDriver(service, options);
    browser.manage().window().setSize(new Dimension(1280, 1000));
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.quit();
    }
  }

  private static Optional<Path> program(String... names) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(place -> Stream.of(names).map(name -> Path.of(place, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Makes a page, opens it and waits until its charts are drawn. */
  private static void show(Path results) {
    Path page = folder.resolve("page.html");
    Shell shell = Shell.run("report", results, "--out", page);
    assertEquals(0, shell.status(), shell.err());
    load(page);
  }

  private static void load(Path page) {
    browser.get(page.toUri().toString());
    new WebDriverWait(browser, Duration.ofSeconds(20))
        .withMessage(() -> page + " is not ready: " + complaints())
        .until(b -> run("return document.documentElement.dataset.ready || null") != null);
    assertEquals(List.of(), complaints(), page.toString());
  }

  private static List<String> complaints() {
    return browser.manage().logs().get("browser").getAll().stream()
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .toList();
  }

  private static Object run(String script, Object... arguments) {
    return browser.executeScript(script, arguments);
  }

  private static WebElement one(String css) {
    return browser.findElement(By.cssSelector(css));
  }

  private static List<WebElement> all(String css) {
    return browser.findElements(By.cssSelector(css));
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private static void choose(String id, String text) {
    new Select(browser.findElement(By.id(id))).selectByVisibleText(text);
    settle();
  }

  private static void click(String id) {
    browser.findElement(By.id(id)).click();
    settle();
  }

  /** Waits until all that was asked of the chart is drawn. */
  private static void settle() {
    browser.executeAsyncScript(
        "const done = arguments[0];"
            + "setTimeout(() => batchq.charts[0].view.runAsync().then(() => done()), 60);");
  }

  @Test
  void everyShippedFolderOpensWithoutAComplaint() throws Exception {
    List<Path> folders =
        new ArrayList<>(List.of(Path.of("results/paper"), Path.of("results/beyond")));
    try (Stream<Path> files = Files.walk(Path.of("results"))) {
      files
          .filter(file -> file.endsWith("manifest.json"))
          .map(Path::getParent)
          .sorted()
          .forEach(folders::add);
    }
    assertTrue(folders.size() > 15, folders.toString());
    for (Path results : folders) {
      show(results);
      // A single point is told in words.
      boolean drawn = !all(".plot svg .mark-symbol path, .plot svg .mark-line path").isEmpty();
      assertEquals(!results.endsWith("vllm-rtx4090"), drawn, results.toString());
    }
  }

  @Test
  void everyShippedPageOpensWithoutAComplaint() throws Exception {
    List<Path> pages;
    try (Stream<Path> files = Files.walk(Path.of("results"))) {
      pages = files.filter(file -> file.toString().endsWith(".html")).sorted().toList();
    }
    assertFalse(pages.isEmpty());
    for (Path page : pages) {
      assertTrue(Files.size(page) < 2_000_000, page.toString());
      load(page);
    }
  }

  @Test
  void aPlanOpensWithoutAComplaint() throws Exception {
    show(ReportPageTest.plan(folder));
    assertEquals(3, all("#frontier-0 .points_marks path").size());
    assertEquals(2, all("#families .values_marks path").size());
    assertEquals(1, all("#sensitivity .beyond_marks path").size());
    choose("sensitivity-metric", "padding");
    assertEquals(3, all("#sensitivity .values_marks path").size());
    assertEquals(List.of(), complaints());
  }

  @Test
  void theLegendIsolatesASeries() {
    show(RIVALS);
    choose("sweep-figure", "all series");
    List<String> kinds = List.of("exact", "lower-bound", "upper-bound", "approximation");
    List<String> names =
        all("#sweep .role-legend-label text").stream().map(WebElement::getText).toList();
    assertEquals(
        20, names.stream().filter(text -> !kinds.contains(text)).count(), names.toString());
    WebElement name =
        all("#sweep .role-legend-label text").stream()
            .filter(text -> text.getText().equals("16 bins"))
            .findFirst()
            .orElseThrow();
    run("arguments[0].scrollIntoView({block: 'center'})", name);
    new Actions(browser).moveToElement(name).click().perform();
    settle();
    for (String layer : List.of("points_marks", "intervals_marks")) {
      List<?> wrong =
          (List<?>)
              run(
                  "return [...document.querySelectorAll('#sweep .' + arguments[0] + ' > *')]"
                      + ".filter(mark => mark.__data__ && (mark.__data__.opacity === 1)"
                      + " !== (mark.__data__.datum.series === '16 bins'))"
                      + ".map(mark => mark.__data__.datum.series + mark.__data__.opacity)",
                  layer);
      assertEquals(List.of(), wrong, layer);
    }
    assertNotEquals(0, all("#sweep .points_marks > *").size());
    assertNotEquals(0, all("#sweep .intervals_marks > *").size());
  }

  @Test
  void hoverShowsTheNumbersOfTheSummary() {
    show(RIVALS);
    choose("sweep-figure", "latency");
    ResultTable summary = StoredTable.read(RIVALS.resolve("summary.csv"));
    int seen = 0;
    for (WebElement mark : all("#sweep .points_marks path")) {
      int row = (int) number(run("return arguments[0].__data__.datum.point", mark)) - 1;
      if (row % 7 != 3) {
        continue; // some of all
      }
      run("arguments[0].scrollIntoView({block: 'center'})", mark);
      new Actions(browser).moveToElement(mark).perform();
      String shown = one("#hover").getText();
      if (!shown.contains("row of the table " + (row + 1) + "\n")
          && !shown.endsWith("row of the table " + (row + 1))) {
        continue; // another point covers it
      }
      seen++;
      double value = summary.number(row, "latency.mean");
      double half = summary.number(row, "latency.mean.ci95");
      assertEquals(value, shown(shown, "simulated"), 1e-4 * value);
      assertEquals(value - half, shown(shown, "95 % interval from"), 1e-4 * value);
      assertEquals(value + half, shown(shown, "to"), 1e-4 * value);
      assertTrue(shown.contains("stability " + summary.text(row, "stability")), shown);
      String kind = summary.text(row, "latency.mean.theory.kind");
      double theory = summary.number(row, "latency.mean.theory");
      if (Double.isFinite(theory)) {
        assertEquals(theory, shown(shown, "theory"), 1e-4 * theory);
        assertTrue(shown.contains("which is " + kind), shown);
      }
    }
    assertTrue(seen >= 3, seen + " points");
  }

  private static double shown(String hover, String title) {
    return hover
        .lines()
        .filter(line -> line.startsWith(title + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(title.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(title + " in " + hover));
  }

  @Test
  void overloadedPointsAreArrowsAndNoneIsMissing() {
    show(RIVALS);
    choose("sweep-figure", "all series");
    choose("sweep-metric", "mean latency [s]");
    ResultTable summary = StoredTable.read(RIVALS.resolve("summary.csv"));
    int infinite = 0;
    for (int row = 0; row < summary.rows().size(); row++) {
      infinite += Double.isInfinite(summary.number(row, "latency.mean")) ? 1 : 0;
    }
    assertTrue(infinite > 50);
    assertEquals(infinite, all("#sweep .beyond_marks path").size());
    assertEquals(summary.rows().size() - infinite, all("#sweep .points_marks path").size());
    // Nor is one behind another.
    assertEquals(
        infinite,
        number(
            run(
                "return new Set([...document.querySelectorAll('#sweep .beyond_marks path')]"
                    + ".map(mark => mark.getAttribute('transform'))).size")));
    WebElement top = browser.findElement(By.id("sweep-top"));
    top.sendKeys("30\n");
    settle();
    assertEquals(
        summary.rows().size(),
        all("#sweep .beyond_marks path").size() + all("#sweep .points_marks path").size());
  }

  @Test
  void scalesAndTheoryCanBeSwitched() {
    show(RIVALS);
    choose("sweep-figure", "latency");
    assertEquals("log", run("return batchq.charts[0].view.scale('y').type"));
    click("sweep-logY");
    assertEquals("linear", run("return batchq.charts[0].view.scale('y').type"));
    click("sweep-logX");
    assertEquals("log", run("return batchq.charts[0].view.scale('x').type"));
    String theory =
        "return document.querySelectorAll('#sweep .mark-line.theory_marks path').length";
    assertNotEquals(0.0, number(run(theory)));
    click("sweep-theory");
    assertEquals(0.0, number(run(theory)));
    choose("sweep-metric", "padding");
    assertTrue(one("#sweep .plot svg").getText().contains("padding"));
    assertEquals(List.of(), complaints());
  }

  @Test
  void theTableSortsAndFilters() {
    show(RIVALS);
    String table = "#table-summary-csv ";
    List<WebElement> heads = all(table + "thead th");
    int latency = -1;
    for (int column = 0; column < heads.size(); column++) {
      latency = heads.get(column).getText().equals("latency.mean") ? column : latency;
    }
    ResultTable summary = StoredTable.read(RIVALS.resolve("summary.csv"));
    double least = Double.POSITIVE_INFINITY;
    for (int row = 0; row < summary.rows().size(); row++) {
      least = Math.min(least, summary.number(row, "latency.mean"));
    }
    WebElement sort = heads.get(latency).findElement(By.tagName("button"));
    run("arguments[0].click()", sort);
    assertEquals("ascending", heads.get(latency).getDomAttribute("aria-sort"));
    assertEquals(least, first(table, latency), 0.01 * least);
    run("arguments[0].click()", sort);
    assertEquals("descending", heads.get(latency).getDomAttribute("aria-sort"));
    assertTrue(all(table + "tbody tr:first-child > *").get(latency).getText().startsWith("inf"));
    one("#table-summary-csv-filter").sendKeys("longest-queue queue 4 bins longest");
    assertEquals(0, all(table + "tbody tr").size());
    one("#table-summary-csv-filter").clear();
    one("#table-summary-csv-filter").sendKeys("bins longest");
    assertEquals(10, all(table + "tbody tr").size());
    WebElement again = one(table + "tbody tr:first-child button");
    run("arguments[0].click()", again);
    assertTrue(one(table + ".command pre").getText().contains("4 bins longest queue"));
  }

  private static double first(String table, int column) {
    String text = all(table + "tbody tr:first-child > *").get(column).getText();
    return Double.parseDouble(text.replaceFirst(" .*", ""));
  }

  @Test
  void everyInputHasALabel() {
    show(RIVALS);
    assertEquals(
        List.of(),
        run(
            "return [...document.querySelectorAll('input, select')]"
                + ".filter(input => !input.labels.length || !input.labels[0].textContent.trim())"
                + ".map(input => input.outerHTML)"));
  }

  @Test
  void darkIsDarkAndPaperIsWhite() {
    show(RIVALS);
    String light = colours();
    media("screen", "dark");
    String dark = colours();
    assertTrue(light.startsWith("rgb(255, 255, 255) rgb(29,"), light);
    assertTrue(dark.startsWith("rgb(20, 24, 28) rgb(228,"), dark);
    media("print", "dark");
    assertTrue(colours().startsWith("rgb(255, 255, 255) rgb(0,"), colours());
    media("", "light");
  }

  private static void media(String media, String scheme) {
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            media,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Of the page, and of the texts at an axis. */
  private static String colours() {
    return run("return getComputedStyle(document.body).backgroundColor + ' ' + getComputedStyle("
            + "document.querySelector('#sweep .role-axis-label text')).fill")
        .toString();
  }

  @Test
  void aLargePageIsReadySoon() {
    show(ReportPageTest.large(folder));
    double ready = number(run("return batchq.ready"));
    assertTrue(ready < READY_MILLIS, ready + " ms");
    assertEquals(20 * 12, all("#sweep .points_marks path").size());
  }
}
