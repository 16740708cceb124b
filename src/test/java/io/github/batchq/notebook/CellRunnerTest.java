package io.github.batchq.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CellRunnerTest {
  @Test
  void givesWhatACellPrintsAndTheValueThatItEndsWith() {
    try (CellRunner runner = new CellRunner()) {
      CellRunner.Result first =
          runner.run("%jars some.jar\nint x = 6;\nSystem.out.println(\"x is \" + x);\nx * 7");
      assertEquals("x is 6\n", first.printed());
      assertEquals(42, first.value());
      assertEquals(6, runner.run("x").value());
      assertNull(runner.run("x;\nvar y = x;").value());
      assertEquals("6", runner.run("String text() {\n  return \"\" + y;\n}\ntext()").value());
    }
  }

  @Test
  void refusesCellsThatFail() {
    try (CellRunner runner = new CellRunner()) {
      assertFails(runner, "int x = 1;\nx / (x - 1)", "ArithmeticException: / by zero");
      assertFails(runner, "int y = \"text\";", "incompatible types");
      assertFails(runner, "int z = (;", "illegal start of expression");
      assertFails(runner, "int undefined() { return missing; }", "missing");
    }
  }

  private static void assertFails(CellRunner runner, String cell, String reason) {
    String message = assertThrows(AssertionError.class, () -> runner.run(cell)).getMessage();
    assertTrue(String.valueOf(message).contains(reason), message);
  }
}
