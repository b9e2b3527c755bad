@needs:python
Feature: Running notebook cells
  A cell of Python code is run by a Jupyter kernel. Cells that ran before it can be sent with it as its history.

  Rule: Python can be prepared in a project

    @resource-intensive
    Scenario: The Python kernel can be installed in a project
      When Ada runs the command "python3 -m pip install ipykernel" in the shared project
      Then the command succeeds

    @resource-intensive
    Scenario: The Python kernel can be registered in a project
      When Ada runs the command "python3 -m ipykernel install --user --name=python3 --display-name='Python 3'" in the shared project
      Then the command succeeds

  Rule: Cells can be run through the hub

    @resource-intensive
    Scenario: The hub returns the result of a cell
      When Ada runs "sum(range(100))" through the hub API of the shared project
      Then the cell returns "4950"

    @resource-intensive
    Scenario: The hub runs a cell after its history
      When Ada runs "sum(range(a + 1))" after "a = 100" through the hub API of the shared project
      Then the cell returns "5050"

    @resource-intensive
    Scenario: The hub returns the printed output of a cell
      When Ada runs "print('Hello from Jupyter')" through the hub API of the shared project
      Then the cell prints "Hello from Jupyter"

  Rule: Cells can be run through the project API

    @resource-intensive
    Scenario: The project returns the result of a cell
      When Ada runs "sum(range(100))" through the project API of the shared project
      Then the cell returns "4950"

    @resource-intensive
    Scenario: The project runs a cell after its history
      When Ada runs "b * 2" after "b = 50" through the project API of the shared project
      Then the cell returns "100"

    @resource-intensive
    Scenario: The project returns a list as a result
      When Ada runs "[x**2 for x in range(5)]" through the project API of the shared project
      Then the cell returns "[0, 1, 4, 9, 16]"

  Rule: An error in a cell is part of its output

    @resource-intensive
    Scenario: A division by zero is returned as an error
      When Ada runs "1 / 0" through the project API of the shared project
      Then the cell raises "ZeroDivisionError: division by zero"
