@needs:python
Feature: Computing
  A cell of Python is computed by a kernel of its own; cells that came before it can be given along.

  Rule: Python can be prepared in a project

    # COC-020
    @resource-intensive
    Scenario: Installing the kernel
      When Ada installs the Python kernel in the shared project
      Then the command has succeeded

    # COC-021
    @resource-intensive
    Scenario: Registering the kernel
      When Ada registers the Python kernel in the shared project
      Then the command has succeeded

  Rule: The hub computes cells

    # COC-024
    @resource-intensive
    Scenario: A sum
      When Ada computes "sum(range(100))" in the shared project
      Then the result is "4950"

    # COC-025
    @resource-intensive
    Scenario: After other cells
      When Ada computes "sum(range(a + 1))" after "a = 100" in the shared project
      Then the result is "5050"

    # COC-026
    @resource-intensive
    Scenario: Something printed
      When Ada computes "print('Hello from Jupyter')" in the shared project
      Then "Hello from Jupyter" is printed

  Rule: The project computes cells itself

    # COC-027
    @resource-intensive
    Scenario: A sum within the project
      When Ada computes "sum(range(100))" within the shared project
      Then the result is "4950"

    # COC-028
    @resource-intensive
    Scenario: After other cells within the project
      When Ada computes "b * 2" after "b = 50" within the shared project
      Then the result is "100"

    # COC-029
    @resource-intensive
    Scenario: A list
      When Ada computes "[x**2 for x in range(5)]" within the shared project
      Then the result is "[0, 1, 4, 9, 16]"

  Rule: What goes wrong in a cell is part of its output

    @resource-intensive
    Scenario: Dividing by nothing
      When Ada computes "1 / 0" within the shared project
      Then the cell has failed with a "ZeroDivisionError"
